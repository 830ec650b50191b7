import { DAY_KIND } from '../analysis/economics/day-kind.ts'
import type { Driver } from '../domain/finding.ts'

/** `exceptionDocs` as people say it: "exception docs". */
export function sayName(name: string): string {
  return name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase()
}

/** "policy type home with exception docs"; empty for everything. */
export function saySegment(segment: Record<string, string> | undefined): string {
  const entries = Object.entries(segment ?? {})
  const plain = entries.filter(([, value]) => value !== 'true' && value !== 'false')
  const flags = entries.filter(([, value]) => value === 'true' || value === 'false')
  return [
    ...plain.map(([name, value]) => (name === DAY_KIND ? value : `${sayName(name)} ${value}`)),
    ...flags.map(
      ([name, value]) => `${value === 'true' ? 'with' : 'without'} ${sayName(name).replace(/^(has|is|with) /, '')}`,
    ),
  ].join(' ')
}

const RISE: Record<Driver, string> = {
  items: 'more volume',
  attempts: 'more retries',
  calls: 'more model calls an attempt',
  tokens: 'longer contexts and outputs',
  price: 'dearer tokens',
  corrections: 'more corrections by people',
}
const FALL: Record<Driver, string> = {
  items: 'less volume',
  attempts: 'fewer retries',
  calls: 'fewer model calls an attempt',
  tokens: 'shorter contexts and outputs',
  price: 'cheaper tokens',
  corrections: 'fewer corrections by people',
}

/** A driver of a change in business words. */
export function sayDriver(driver: Driver, rises: boolean): string {
  return (rises ? RISE : FALL)[driver]
}
