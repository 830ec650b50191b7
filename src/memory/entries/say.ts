import { type MicroDollars, toDollars } from '../../domain/money.ts'

/** `Tue 10 Nov 2026, 09:12 UTC`: the same everywhere, whatever the machine's zone or language. */
export function sayInstant(instant: Date): string {
  const day = instant.toUTCString()
  return `${day.slice(0, 3)} ${Number(day.slice(5, 7))} ${day.slice(8, 16)}, ${day.slice(17, 22)} UTC`
}

/** `$0.42`; below a cent to the micro-dollar, for a run may cost less than one. */
export function sayMoney(micros: MicroDollars): string {
  const dollars = toDollars(micros)
  const small = micros !== 0 && Math.abs(dollars) < 0.01
  return `${dollars < 0 ? '-' : ''}$${small ? String(Number(Math.abs(dollars).toFixed(6))) : Math.abs(dollars).toFixed(2)}`
}

/** `1 call`, `2 calls`. */
export function sayCount(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** `policyType home, region TX`, in the order of names; a flag that is set by its name alone. */
export function sayAttributes(attributes: Record<string, unknown>): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined && value !== false && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) =>
      value === true ? name : `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`,
    )
    .join(', ')
}

/** Sentences without the absent ones, each with its full stop, on lines of their own. */
export function sayLines(lines: readonly (string | null | undefined | false)[]): string {
  return lines
    .filter((line): line is string => typeof line === 'string' && line.trim() !== '')
    .map((line) => (/[.!?…]$/.test(line.trim()) ? line.trim() : `${line.trim()}.`))
    .join('\n')
}

/** At most so many characters, with a mark where something was cut. */
export function shorten(text: string, length: number): string {
  const clean = text.replace(/\s+/g, ' ').trim()
  return clean.length <= length ? clean : `${clean.slice(0, length - 1).trimEnd()}…`
}

/** Ids that a text names, such as `HR-12` or `claim-8841`: whoever looks for one looks for this text too. */
export function idsIn(text: string): string[] {
  return [...new Set(text.match(/(?<![\p{L}\p{N}_-])\p{L}{1,20}[-_]\d{1,12}(?![\p{L}\p{N}_-])/gu) ?? [])]
}
