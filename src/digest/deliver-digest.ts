import type { CalendarDate } from '../domain/period.ts'
import type { Db } from '../store/client.ts'
import { claimDigest, findDigestMessage, recordDigestPosted, releaseDigest } from '../store/queries/digest-claims.ts'
import type { Digest } from './compose-digest.ts'
import { type Delivered, deliverOnce } from './deliver-once.ts'

export interface DigestDelivery {
  week: CalendarDate
  channel: string
  clock: () => Date
  compose: (week: CalendarDate) => Promise<Digest>
  /** Posts one message and gives its timestamp, if Slack told it. Throws a Problem where it is certain that nothing was posted. */
  post: (digest: Digest) => Promise<string | null>
}

export interface DeliveredDigest extends Delivered {
  week: CalendarDate
  channel: string
}

/** Posts a week's digest into a channel once, however many processes try. */
export async function deliverDigest(db: Db, delivery: DigestDelivery): Promise<DeliveredDigest> {
  const { week, channel, clock, compose, post } = delivery
  const key = { week, channel }
  const claims = {
    claim: (claimedAt: Date, staleBefore: Date) => claimDigest(db, key, claimedAt, staleBefore),
    release: (claimedAt: Date) => releaseDigest(db, key, claimedAt),
    record: (messageTs: string, postedAt: Date) => recordDigestPosted(db, key, messageTs, postedAt),
    find: () => findDigestMessage(db, key),
  }
  return { ...key, ...(await deliverOnce(claims, { clock, compose: () => compose(week), post })) }
}
