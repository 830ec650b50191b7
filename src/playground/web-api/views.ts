import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { newId, type OpenView } from '../session.ts'
import { SlackRefusal } from '../slack-refusal.ts'
import type { Fields } from '../validation/report.ts'
import { validateView } from '../validation/validate-view.ts'
import { BOT, TEAM, USERS } from '../workspace.ts'
import { requireArgument } from './arguments.ts'
import type { Method, WebApiContext } from './context.ts'

const TRIGGER_MILLISECONDS = 3000

export const viewMethods: Record<string, Method> = {
  'views.open': async (context, args) => {
    const user = useTrigger(context, requireArgument(args, 'trigger_id'))
    validateView(args.view, 'modal')
    const id = newId('V')
    const opened: OpenView = { id, rootId: id, previousId: null, user, view: withBlockIds(args.view) }
    context.session.views.set(user, [opened])
    context.onChange()
    return { view: slackView(opened) }
  },
  'views.push': async (context, args) => {
    const user = useTrigger(context, requireArgument(args, 'trigger_id'))
    return { view: slackView(pushView(context, user, args.view)) }
  },
  'views.update': async (context, args) => {
    const id = requireArgument(args, 'view_id')
    validateView(args.view, 'modal')
    const found = [...context.session.views.values()].flat().find((view) => view.id === id)
    if (!found) throw new SlackRefusal('not_found')
    found.view = withBlockIds(args.view)
    context.onChange()
    return { view: slackView(found) }
  },
  'views.publish': async (context, args) => {
    const user = requireArgument(args, 'user_id')
    if (!USERS.some((known) => known.id === user)) throw new SlackRefusal('user_not_found')
    validateView(args.view, 'home')
    context.session.homes.set(user, withBlockIds(args.view))
    context.onChange()
    return { view: { ...args.view, id: `V${user}HOME` } }
  },
}

/** Puts a modal on top of the open ones; Slack allows three. */
export function pushView(context: WebApiContext, user: string, view: unknown): OpenView {
  validateView(view, 'modal')
  const stack = context.session.views.get(user) ?? []
  const below = stack.at(-1)
  if (!below) throw new SlackRefusal('not_found')
  if (stack.length >= SLACK_LIMITS.viewStack) throw new SlackRefusal('push_limit_reached')
  const pushed: OpenView = {
    id: newId('V'),
    rootId: below.rootId,
    previousId: below.id,
    user,
    view: withBlockIds(view),
  }
  context.session.views.set(user, [...stack, pushed])
  context.onChange()
  return pushed
}

/** A view in the form in which Slack hands views to apps. */
export function slackView(open: OpenView, values: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    private_metadata: '',
    callback_id: '',
    ...open.view,
    id: open.id,
    root_view_id: open.rootId,
    previous_view_id: open.previousId,
    team_id: TEAM.id,
    app_id: BOT.appId,
    bot_id: BOT.botId,
    hash: open.id,
    state: { values },
  }
}

function useTrigger({ session, clock }: WebApiContext, id: string): string {
  const trigger = session.triggers.get(id)
  if (!trigger) throw new SlackRefusal('invalid_trigger_id')
  session.triggers.delete(id)
  if (clock().getTime() - trigger.at > TRIGGER_MILLISECONDS) throw new SlackRefusal('expired_trigger_id')
  return trigger.user
}

function withBlockIds(view: Fields): Fields {
  const blocks = view.blocks as Fields[]
  return { ...view, blocks: blocks.map((block, index) => ({ block_id: `b${index}`, ...block })) }
}
