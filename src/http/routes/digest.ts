import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import type { Digest } from '../../digest/compose-digest.ts'
import type { DeliveredDigest } from '../../digest/deliver-digest.ts'
import { addDays, type CalendarDate, dateIn, startOfWeek } from '../../domain/period.ts'
import type { RequireScope } from '../authenticate.ts'
import { parseOrRefuse } from '../parse-or-refuse.ts'

const NEXT_STEP = 'Send week=2026-11-09 (any day of the week), or nothing for the last whole week.'
const Week = z.object({ week: z.iso.date({ error: 'expected a day such as 2026-11-09' }).optional() })
const Delivery = z.object({ week: Week.shape.week, channel: z.string().min(1).max(255).optional() })

export interface DigestDependencies {
  compose(week: CalendarDate): Promise<Digest>
  /** Posts once a week and channel; the configured channel where none is given. */
  deliver(week: CalendarDate, channel?: string): Promise<DeliveredDigest>
  requireScope: RequireScope
  clock: () => Date
  timeZone: string
}

/** `GET /api/digest?week=`: a week's digest as JSON and blocks. `POST /api/digest {week?, channel?}`: post it now. */
export function digestRoutes(dependencies: DigestDependencies): FastifyPluginAsync {
  const { compose, deliver, requireScope, clock, timeZone } = dependencies
  const weekOf = (day: CalendarDate | undefined) => {
    if (day !== undefined) return startOfWeek(day)
    return addDays(startOfWeek(dateIn(clock(), timeZone)), -7)
  }
  return async (app) => {
    app.get('/api/digest', { onRequest: requireScope('read') }, async ({ query }) =>
      compose(weekOf(parseOrRefuse(Week, query, NEXT_STEP).week)),
    )
    app.post('/api/digest', { onRequest: requireScope('read') }, async ({ body, query }) => {
      const asked = parseOrRefuse(Delivery, body ?? {}, NEXT_STEP)
      const { week } = parseOrRefuse(Week, query, NEXT_STEP)
      return deliver(weekOf(asked.week ?? week), asked.channel)
    })
  }
}
