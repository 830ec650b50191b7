import { type MicroDollars, toDollars } from '../domain/money.ts'

const cents = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
const whole = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', maximumFractionDigits: 0 })

/** Dollars as people say them: cents below 1,000, whole above. */
export function formatDollars(micros: MicroDollars): string {
  const dollars = toDollars(micros)
  return Math.abs(dollars) < 1000 ? cents.format(dollars) : whole.format(dollars)
}
