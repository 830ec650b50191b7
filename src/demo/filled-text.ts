import type { Random } from './seeded-random.ts'

/** Replaces `{name}` by its value. */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

/** `$14,800`, rounded to ten dollars. */
export function money(dollars: number): string {
  return `$${(Math.round(dollars / 10) * 10).toLocaleString('en-US')}`
}

const COUNTIES: Record<string, readonly string[]> = {
  TX: ['Tarrant County', 'Collin County', 'Bexar County', 'Denton County', 'Travis County'],
  CO: ['El Paso County', 'Adams County', 'Weld County', 'Jefferson County'],
  OK: ['Cleveland County', 'Tulsa County', 'Canadian County'],
  FL: ['Polk County', 'Lee County', 'Duval County'],
  KS: ['Sedgwick County', 'Johnson County', 'Butler County'],
}

export function placeIn(random: Random, region: string): string {
  return `${random.pick(COUNTIES[region] ?? [region])}, ${region}`
}
