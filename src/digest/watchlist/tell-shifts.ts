import { Problem } from '../../domain/problem.ts'
import type { ShiftNotice } from '../../domain/shift.ts'
import type { Workflow } from '../../domain/workflow.ts'
import type { Db } from '../../store/client.ts'
import { listShiftMutes } from '../../store/queries/shift-mutes.ts'
import { listShiftNotices } from '../../store/queries/shift-notices.ts'
import { claimShiftPost, findShiftPost, recordShiftPosted, releaseShiftPost } from '../../store/queries/shift-posts.ts'
import { deliverOnce } from '../deliver-once.ts'

/** What could not be posted for so long is no news any more. */
const STALE_DAYS = 14
/** Of one look, so that a bad day does not fill a channel. */
const MOST_POSTS = 5

/** One place where notices are posted: a Slack workspace or the playground. */
export interface NoticeTarget<Message> {
  /** Where the workflow's own channel is not set, or refuses; null: nowhere. */
  fallbackChannel: string | null
  /** Whether the workspace has such a channel. */
  mayHave(channel: string): boolean
  post(channel: string, notice: ShiftNotice, message: Message): Promise<string | null>
}

/**
 * Posts the notices that are new and that somebody wants to hear of: into the workflow's channel, else the digest's, once each
 * and target, however many processes tell. Gives how many it posted. A channel that refuses is reported and tried again later.
 */
export async function tellShifts<Message>(
  db: Db,
  options: {
    workflows: readonly Workflow[]
    targets: readonly NoticeTarget<Message>[]
    clock: () => Date
    compose(notice: ShiftNotice): Promise<Message>
    onRefused(error: Problem, notice: ShiftNotice, channel: string): void
  },
): Promise<number> {
  const { workflows, targets, clock, compose, onRefused } = options
  const now = clock()
  const muted = new Set((await listShiftMutes(db)).filter((one) => one.until > now).map((one) => one.workflow))
  const settings = new Map(workflows.map((workflow) => [workflow.name, workflow]))
  const notices = (await listShiftNotices(db, { state: 'new' })).filter(
    ({ workflow, noticedAt }) =>
      !muted.has(workflow) &&
      settings.get(workflow)?.watch !== false &&
      now.getTime() - noticedAt.getTime() < STALE_DAYS * 86_400_000,
  )
  let posted = 0
  for (const notice of notices.reverse()) {
    for (const target of targets) {
      if (posted >= MOST_POSTS) return posted
      const own = settings.get(notice.workflow)?.channel
      const channels = [own && target.mayHave(own) ? own : null, target.fallbackChannel].filter((one) => one !== null)
      // Where the own channel refused, it may stand in the other one.
      const placed = await Promise.all(channels.map((channel) => findShiftPost(db, { noticeId: notice.id, channel })))
      if (placed.some((ts) => ts !== null)) continue
      for (const channel of new Set(channels)) {
        try {
          const { outcome } = await deliverOnce(claimsOf(db, { noticeId: notice.id, channel }), {
            clock,
            compose: () => compose(notice),
            post: (message) => target.post(channel, notice, message),
          })
          if (outcome === 'posted') posted++
          break
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          onRefused(error, notice, channel)
        }
      }
    }
  }
  return posted
}

function claimsOf(db: Db, key: { noticeId: string; channel: string }) {
  return {
    claim: (claimedAt: Date, staleBefore: Date) => claimShiftPost(db, key, claimedAt, staleBefore),
    release: (claimedAt: Date) => releaseShiftPost(db, key, claimedAt),
    record: (messageTs: string, postedAt: Date) => recordShiftPosted(db, key, messageTs, postedAt),
    find: () => findShiftPost(db, key),
  }
}
