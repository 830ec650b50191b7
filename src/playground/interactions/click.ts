import { newResponseUrl, newTrigger } from '../session.ts'
import { SlackRefusal } from '../slack-refusal.ts'
import { slackMessage } from '../web-api/chat.ts'
import { slackView } from '../web-api/views.ts'
import { BOT, CHANNELS, maySee, TEAM } from '../workspace.ts'
import { ENVELOPE, type InteractionContext, teamOf, userOf } from './context.ts'
import { findElement } from './find-element.ts'

export interface ActionInput {
  blockId: string
  actionId: string
  /** What was chosen: a button's value, an option's value, a date. */
  value: string | null
}

/** A click on an element of a message. The element is looked up: a page cannot click what is not there. */
export async function clickInMessage(
  context: InteractionContext,
  click: { user: string; channel: string; ts: string } & ActionInput,
): Promise<void> {
  const { channel, ts } = click
  const user = userOf(click.user)
  const stored = maySee(click.user, channel) ? await context.store.find(channel, ts) : null
  if (!stored || (stored.ephemeralTo !== null && stored.ephemeralTo !== click.user))
    throw new SlackRefusal('message_not_found')
  const action = findElement(stored.message.blocks, click)
  const ephemeral = stored.ephemeralTo !== null
  const target = { channel, user: click.user, messageTs: ts, threadTs: stored.threadTs }
  await deliverOrSay(context, click.user, channel, {
    ...ENVELOPE,
    type: 'block_actions',
    user,
    team: teamOf(),
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: ephemeral,
      ...(stored.threadTs ? { thread_ts: stored.threadTs } : {}),
    },
    channel: { id: channel, name: CHANNELS.find((known) => known.id === channel)?.name ?? 'directmessage' },
    ...(ephemeral ? {} : { message: slackMessage(stored) }),
    state: { values: {} },
    response_url: newResponseUrl(context.session, target, context.clock()),
    trigger_id: newTrigger(context.session, click.user, context.clock()),
    actions: [{ ...action, action_ts: ts }],
  })
}

/** A click on an element of the Home tab. */
export async function clickInHome(context: InteractionContext, click: { user: string } & ActionInput): Promise<void> {
  const view = context.session.homes.get(click.user)
  if (!view) throw new SlackRefusal('not_found')
  const action = findElement(view.blocks, click)
  const home = { id: `V${click.user}HOME`, rootId: `V${click.user}HOME`, previousId: null, user: click.user, view }
  await context.receiver.deliver({
    ...ENVELOPE,
    type: 'block_actions',
    user: userOf(click.user),
    team: teamOf(),
    container: { type: 'view', view_id: home.id },
    view: slackView(home),
    trigger_id: newTrigger(context.session, click.user, context.clock()),
    actions: [{ ...action, action_ts: '0' }],
  })
}

/** A message shortcut, from the menu of a message. */
export async function runShortcut(
  context: InteractionContext,
  chosen: { user: string; callbackId: string; channel: string; ts: string },
): Promise<void> {
  const user = userOf(chosen.user)
  const stored = maySee(chosen.user, chosen.channel) ? await context.store.find(chosen.channel, chosen.ts) : null
  if (!stored || stored.ephemeralTo !== null) throw new SlackRefusal('message_not_found')
  await deliverOrSay(context, chosen.user, chosen.channel, {
    ...ENVELOPE,
    type: 'message_action',
    callback_id: chosen.callbackId,
    user,
    team: teamOf(),
    channel: {
      id: chosen.channel,
      name: CHANNELS.find((known) => known.id === chosen.channel)?.name ?? 'directmessage',
    },
    message_ts: chosen.ts,
    action_ts: chosen.ts,
    message: slackMessage(stored),
    response_url: newResponseUrl(
      context.session,
      { channel: chosen.channel, user: chosen.user, messageTs: chosen.ts, threadTs: stored.threadTs },
      context.clock(),
    ),
    trigger_id: newTrigger(context.session, chosen.user, context.clock()),
  })
}

async function deliverOrSay(
  context: InteractionContext,
  user: string,
  channel: string,
  body: Record<string, unknown>,
): Promise<void> {
  const { timedOut } = await context.receiver.deliver({ team_id: TEAM.id, ...body })
  if (!timedOut) return
  const message = { text: 'Docket did not respond in time; in Slack this click would have shown a warning sign.' }
  await context.store.add({ channel, threadTs: null, user: BOT.userId, ephemeralTo: user, message })
}
