import { MICROS_PER_DOLLAR } from '../domain/money.ts'

/** What a well-formed value may still be too large for: the database's columns. Null where it fits. */

const EARLIEST = Date.UTC(1970, 0, 1)
const LATEST = Date.UTC(2200, 0, 1)
/** Micro-dollars are safe integers up to this many dollars. */
const MOST_DOLLARS = Math.floor(Number.MAX_SAFE_INTEGER / MICROS_PER_DOLLAR)
const MOST_ATTEMPTS = 1_000_000

export interface LimitBreach {
  path: string
  message: string
}

export function timeBreach(path: string, time: Date | null | undefined): LimitBreach | null {
  if (!time || (time.getTime() >= EARLIEST && time.getTime() < LATEST)) return null
  return { path, message: 'expected a time between 1970 and 2199' }
}

export function dateBreach(path: string, date: string): LimitBreach | null {
  return timeBreach(path, new Date(`${date}T00:00:00Z`))
}

export function dollarsBreach(path: string, dollars: number | null | undefined): LimitBreach | null {
  if (dollars == null || Math.abs(dollars) <= MOST_DOLLARS) return null
  return { path, message: `expected an amount of at most ${MOST_DOLLARS} dollars` }
}

export function attemptBreach(path: string, attempt: number | null | undefined): LimitBreach | null {
  return attempt != null && attempt > MOST_ATTEMPTS
    ? { path, message: `expected an attempt of at most ${MOST_ATTEMPTS}` }
    : null
}

export function firstBreach(...breaches: (LimitBreach | null)[]): LimitBreach | null {
  return breaches.find((breach) => breach !== null) ?? null
}
