import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import type { Db } from '../../store/client.ts'
import { listWorkflows } from '../../store/queries/list-workflows.ts'
import { listShiftMutes } from '../../store/queries/shift-mutes.ts'
import { listShiftNotices } from '../../store/queries/shift-notices.ts'
import { listShiftPosts } from '../../store/queries/shift-posts.ts'
import type { RequireScope } from '../authenticate.ts'
import { parseOrRefuse } from '../parse-or-refuse.ts'

const day = z.iso.date()
const Query = z.strictObject({
  workflow: z.string().min(1).max(255).optional(),
  from: day.optional(),
  to: day.optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
})
const NEXT_STEP = 'For example: /api/watchlist?workflow=claims&from=2026-11-01; all are optional, dates are half-open.'

/** `GET /api/watchlist`: the shifts that were noticed, where they were told, and which workflows are watched. */
export function watchlistRoutes(dependencies: {
  db: Db
  requireScope: RequireScope
  clock: () => Date
}): FastifyPluginAsync {
  const { db, requireScope, clock } = dependencies
  return async (app) => {
    app.get('/api/watchlist', { onRequest: requireScope('read') }, async ({ query }) => {
      const filter = parseOrRefuse(Query, query, NEXT_STEP)
      const notices = await listShiftNotices(db, { ...filter, limit: filter.limit ?? 100 })
      const posts = await listShiftPosts(db)
      const now = clock()
      const muted = new Map(
        (await listShiftMutes(db)).filter((one) => one.until > now).map((one) => [one.workflow, one]),
      )
      const workflows = (await listWorkflows(db)).filter(({ name }) => !filter.workflow || name === filter.workflow)
      return {
        notices: notices.map((notice) => ({
          ...notice,
          posts: posts
            .filter((post) => post.noticeId === notice.id && post.postedAt !== null)
            .map(({ channel, messageTs, postedAt }) => ({ channel, messageTs, postedAt })),
        })),
        workflows: workflows.map(({ name, watch }) => ({
          workflow: name,
          watched: watch !== false && !muted.has(name),
          mutedUntil: muted.get(name)?.until ?? null,
          mutedBy: muted.get(name)?.mutedBy ?? null,
        })),
      }
    })
  }
}
