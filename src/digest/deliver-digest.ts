import type { CalendarDate } from '../domain/period.ts'
import { Problem } from '../domain/problem.ts'
import type { Db } from '../store/client.ts'
import { claimDigest, findDigestMessage, recordDigestPosted, releaseDigest } from '../store/queries/digest-claims.ts'
import type { Digest } from './compose-digest.ts'

/** Posted, but the answer did not say where. */
const UNKNOWN_TS = ''
/** A process that claimed a digest and died has had time enough by then. */
const CLAIM_MILLISECONDS = 10 * 60_000

export interface Delivery {
  week: CalendarDate
  channel: string
  clock: () => Date
  compose: (week: CalendarDate) => Promise<Digest>
  /** Posts one message and gives its timestamp, if Slack told it. Throws a Problem where it is certain that nothing was posted. */
  post: (digest: Digest) => Promise<string | null>
}

export interface DeliveredDigest {
  /** `elsewhere`: another process is posting it at this moment. */
  outcome: 'posted' | 'already_posted' | 'elsewhere'
  week: CalendarDate
  channel: string
  messageTs: string | null
}

/** Posts a week's digest into a channel once, however many processes try. */
export async function deliverDigest(db: Db, delivery: Delivery): Promise<DeliveredDigest> {
  const { week, channel, clock } = delivery
  const key = { week, channel }
  const claimedAt = clock()
  if (!(await claimDigest(db, key, claimedAt, new Date(claimedAt.getTime() - CLAIM_MILLISECONDS)))) {
    const messageTs = await findDigestMessage(db, key)
    return { outcome: messageTs === null ? 'elsewhere' : 'already_posted', ...key, messageTs }
  }
  const digest = await delivery.compose(week).catch((error: unknown) => giveBack(db, key, claimedAt, error))
  const posted = await delivery.post(digest).catch((error: unknown) => {
    // Anything but a clear refusal may have been posted all the same: the claim stays until it is stale.
    if (error instanceof Problem) return giveBack(db, key, claimedAt, error)
    throw error
  })
  const messageTs = posted ?? UNKNOWN_TS
  await recordDigestPosted(db, key, messageTs, clock())
  return { outcome: 'posted', ...key, messageTs }
}

async function giveBack(
  db: Db,
  key: { week: string; channel: string },
  claimedAt: Date,
  error: unknown,
): Promise<never> {
  await releaseDigest(db, key, claimedAt)
  throw error
}
