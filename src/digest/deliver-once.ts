import { Problem } from '../domain/problem.ts'

/** Posted, but the answer did not say where. */
const UNKNOWN_TS = ''
/** A process that claimed a message and died has had time enough by then. */
const CLAIM_MILLISECONDS = 10 * 60_000

/** The rows by which processes agree who posts one message into one channel. */
export interface PostClaims {
  /** True for one process; a claim older than `staleBefore` without a message may be taken over. */
  claim(claimedAt: Date, staleBefore: Date): Promise<boolean>
  release(claimedAt: Date): Promise<void>
  record(messageTs: string, postedAt: Date): Promise<void>
  /** The message's ts; null while it is not posted. */
  find(): Promise<string | null>
}

export interface Delivery<Message> {
  clock: () => Date
  compose: () => Promise<Message>
  /** Posts one message and gives its timestamp, if Slack told it. Throws a Problem where it is certain that nothing was posted. */
  post: (message: Message) => Promise<string | null>
}

export interface Delivered {
  /** `elsewhere`: another process is posting it at this moment. */
  outcome: 'posted' | 'already_posted' | 'elsewhere'
  messageTs: string | null
}

/** Posts a message into a channel once, however many processes try. */
export async function deliverOnce<Message>(claims: PostClaims, delivery: Delivery<Message>): Promise<Delivered> {
  const claimedAt = delivery.clock()
  if (!(await claims.claim(claimedAt, new Date(claimedAt.getTime() - CLAIM_MILLISECONDS)))) {
    const messageTs = await claims.find()
    return { outcome: messageTs === null ? 'elsewhere' : 'already_posted', messageTs }
  }
  const giveBack = async (error: unknown): Promise<never> => {
    await claims.release(claimedAt)
    throw error
  }
  const message = await delivery.compose().catch(giveBack)
  const posted = await delivery.post(message).catch((error: unknown) => {
    // Anything but a clear refusal may have been posted all the same: the claim stays until it is stale.
    if (error instanceof Problem) return giveBack(error)
    throw error
  })
  const messageTs = posted ?? UNKNOWN_TS
  await claims.record(messageTs, delivery.clock())
  return { outcome: 'posted', messageTs }
}
