import type { WebClient } from '@slack/web-api'
import { findReattribution } from '../store/queries/reattributions.ts'
import { repricingMessage } from './blocks/repricing-message.ts'
import type { SlackDependencies } from './dependencies.ts'
import { tellAboutForm } from './tell-about-form.ts'

/** Tells the person who asked what came of pricing runs again, where they asked or else directly. Nothing where it is not recorded yet. */
export async function tellRepricing(
  { db, timeZone, log }: SlackDependencies,
  client: WebClient,
  { channel, user }: { channel: string; user: string },
  id: string,
): Promise<void> {
  const request = await findReattribution(db, id)
  if (!request?.result) return
  const message = repricingMessage({ ...request, result: request.result }, timeZone)
  try {
    // Their own id stands for their direct messages.
    await tellAboutForm(client, user, channel === user ? null : channel)(message)
  } catch (error) {
    log.info({ err: error, channel }, 'could not tell of a re-pricing where it was asked for; sending it directly')
    await tellAboutForm(client, user, null)(message)
  }
}
