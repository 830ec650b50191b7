import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt'
import { claimSlackEvent } from '../store/queries/claim-slack-event.ts'
import type { SlackDependencies } from './dependencies.ts'

/** Lets each event through once, whichever process gets it first. Events without an id (clicks, commands) pass. */
export const oncePerEvent =
  ({ db, clock, log }: SlackDependencies) =>
  async ({ body, next }: AllMiddlewareArgs & AnyMiddlewareArgs) => {
    const eventId = (body as { event_id?: unknown }).event_id
    if (typeof eventId !== 'string' || (await claimSlackEvent(db, eventId, clock()))) return next()
    log.debug({ eventId }, 'Slack delivered an event again')
  }
