import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** An instant, read as a Date. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** Whole micro-dollars. Safe as a JavaScript number up to nine billion dollars. */
export const micros = (name: string) => bigint(name, { mode: 'number' })

/** A count of tokens or calls that may pass 2³¹ when summed. */
export const count = (name: string) => bigint(name, { mode: 'number' })

export const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })
