import { escapeMrkdwn } from '../../narration/escape-mrkdwn.ts'
import { newResponseUrl, newTrigger, RESPONSE_URL } from '../session.ts'
import { SlackRefusal } from '../slack-refusal.ts'
import { respondTo } from '../web-api/respond.ts'
import { BOT, CHANNELS, maySee, TEAM } from '../workspace.ts'
import { ENVELOPE, type InteractionContext, userOf } from './context.ts'

/** A slash command, typed in a channel. Slack refuses them in threads. */
export async function runCommand(
  context: InteractionContext,
  typed: { user: string; channel: string; text: string; threadTs: string | null; known: readonly string[] },
): Promise<void> {
  const user = userOf(typed.user)
  if (!maySee(typed.user, typed.channel)) throw new SlackRefusal('channel_not_found')
  const [, command = '', rest = ''] = /^(\/\S+)\s*([\s\S]*)$/.exec(typed.text.trim()) ?? []
  const tell = (text: string) =>
    context.store.add({
      channel: typed.channel,
      threadTs: typed.threadTs,
      user: BOT.userId,
      ephemeralTo: typed.user,
      message: { text },
    })
  if (!typed.known.includes(command)) {
    await tell(`\`${escapeMrkdwn(command)}\` is not a valid command. Known here: ${typed.known.join(', ')}.`)
    return
  }
  if (typed.threadTs !== null) {
    await tell(`\`${command}\` is not supported in threads, in Slack as here. Mention @Docket instead.`)
    return
  }
  const responseUrl = newResponseUrl(
    context.session,
    { channel: typed.channel, user: typed.user, messageTs: null, threadTs: null },
    context.clock(),
  )
  const { timedOut, response } = await context.receiver.deliver({
    ...ENVELOPE,
    command,
    text: escapeMrkdwn(rest),
    user_id: user.id,
    user_name: user.name,
    channel_id: typed.channel,
    channel_name: CHANNELS.find((channel) => channel.id === typed.channel)?.name ?? 'directmessage',
    team_id: TEAM.id,
    team_domain: 'playground',
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: newTrigger(context.session, typed.user, context.clock()),
  })
  if (timedOut) await tell(`${command} failed with the error “operation_timeout”.`)
  const reply = typeof response === 'string' ? { text: response } : (response as Record<string, unknown> | undefined)
  if (reply?.text) await respondTo(context, responseUrl.slice(RESPONSE_URL.length), reply)
}
