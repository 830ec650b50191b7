import { escapeMrkdwn } from '../../narration/escape-mrkdwn.ts'
import type { PlaygroundMessage } from '../../store/queries/playground-messages.ts'
import { newId } from '../session.ts'
import { SlackRefusal } from '../slack-refusal.ts'
import { BOT, maySee, TEAM, USERS } from '../workspace.ts'
import { ENVELOPE, type InteractionContext, userOf } from './context.ts'

/**
 * A person writes a message. Docket hears of it as it would from Slack: `app_mention` where it is mentioned in a channel, and
 * `message` in any case.
 */
export async function saySomething(
  context: InteractionContext,
  said: { user: string; channel: string; text: string; threadTs: string | null },
): Promise<PlaygroundMessage> {
  userOf(said.user)
  if (!maySee(said.user, said.channel)) throw new SlackRefusal('channel_not_found')
  if (said.text.trim() === '') throw new SlackRefusal('no_text')
  const text = withMentions(escapeMrkdwn(said.text.trim()))
  const message = await context.store.add({
    channel: said.channel,
    threadTs: said.threadTs,
    user: said.user,
    ephemeralTo: null,
    message: { text },
  })
  const event = {
    user: said.user,
    text,
    ts: message.ts,
    event_ts: message.ts,
    channel: said.channel,
    team: TEAM.id,
    ...(said.threadTs ? { thread_ts: said.threadTs } : {}),
  }
  const direct = said.channel.startsWith('D')
  if (!direct && text.includes(`<@${BOT.userId}>`)) await deliverEvent(context, { type: 'app_mention', ...event })
  await deliverEvent(context, { type: 'message', channel_type: direct ? 'im' : 'channel', ...event })
  return message
}

/** Slack escapes what people type; only the names that they pick become mentions. */
function withMentions(text: string): string {
  const people = [{ id: BOT.userId, name: BOT.name }, ...USERS]
  return people.reduce((sum, person) => sum.replace(new RegExp(`@${person.name}\\b`, 'gi'), `<@${person.id}>`), text)
}

/** Opens the Home or the Messages tab of the app. */
export async function openAppHome(
  context: InteractionContext,
  user: string,
  channel: string,
  tab: 'home' | 'messages',
): Promise<void> {
  userOf(user)
  const at = context.clock().getTime() / 1000
  await deliverEvent(context, { type: 'app_home_opened', user, channel, tab, event_ts: at.toFixed(6) })
}

/** Hands an event to the app with an id of its own. */
export async function deliverEvent(
  context: InteractionContext,
  event: Record<string, unknown>,
  eventId = newId('Ev'),
): Promise<void> {
  await context.receiver.deliver({
    ...ENVELOPE,
    type: 'event_callback',
    team_id: TEAM.id,
    event,
    event_id: eventId,
    event_time: Math.floor(context.clock().getTime() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: TEAM.id, user_id: BOT.userId, is_bot: true, is_enterprise_install: false },
    ],
  })
}
