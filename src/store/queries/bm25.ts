import { type SQL, sql } from 'drizzle-orm'

/** Textbook values (Robertson and Zaragoza 2009); CACM would like k1 1.5 to 2 a little better (.53 against .52). */
const K1 = 1.2
const B = 0.75

/** A saturated term's gain: what a weight is multiplied by beside `saturation`. */
export const GREATEST_GAIN = K1 + 1

/**
 * How much of the greatest gain a term brings an entry, 0 to 1: its frequency, damped, against the entry's length over the
 * average. All three are numbers in SQL; the average is at least 1.
 */
export function saturation(frequency: SQL, length: SQL, averageLength: SQL): SQL {
  return sql`(${frequency} / (${frequency} + ${K1 * (1 - B)}::float8 + ${K1 * B}::float8 / ${averageLength} * ${length}))`
}
