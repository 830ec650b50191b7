import { newTrigger, type OpenView } from '../session.ts'
import { SlackRefusal } from '../slack-refusal.ts'
import type { Fields } from '../validation/report.ts'
import { validateView } from '../validation/validate-view.ts'
import { pushView, slackView } from '../web-api/views.ts'
import { ENVELOPE, type InteractionContext, teamOf, userOf } from './context.ts'

/** Values of a form's inputs by block id: text, an option's value, a date, or several option values. */
export type FormInput = Record<string, string | string[] | null>

/** A person submits the modal on top. Gives the errors to show by block id, or null where it was taken. */
export async function submitView(
  context: InteractionContext,
  submission: { user: string; viewId: string; values: FormInput },
): Promise<Record<string, string> | null> {
  const user = userOf(submission.user)
  const stack = context.session.views.get(submission.user) ?? []
  const open = stack.at(-1)
  if (open?.id !== submission.viewId) throw new SlackRefusal('not_found')
  const inputs = (open.view.blocks as Fields[]).filter((block) => block.type === 'input')
  const missing = Object.fromEntries(
    inputs
      .filter((block) => block.optional !== true && isEmpty(submission.values[String(block.block_id)]))
      .map((block) => [String(block.block_id), 'Please complete this required field.']),
  )
  if (Object.keys(missing).length > 0) return missing
  const state = Object.fromEntries(
    inputs.map((block) => [
      String(block.block_id),
      elementState(block.element as Fields, submission.values[String(block.block_id)] ?? null),
    ]),
  )
  const { timedOut, response } = await context.receiver.deliver({
    ...ENVELOPE,
    type: 'view_submission',
    user,
    team: teamOf(),
    view: slackView(open, state),
    trigger_id: newTrigger(context.session, submission.user, context.clock()),
    response_urls: [],
  })
  if (timedOut) return { [String(inputs[0]?.block_id ?? '')]: 'Docket did not respond in time. Try again.' }
  return apply(context, stack, response as Fields | undefined)
}

export function closeView(context: InteractionContext, user: string): void {
  const stack = context.session.views.get(user) ?? []
  context.session.views.set(user, stack.slice(0, -1))
  context.onChange()
}

function apply(
  context: InteractionContext,
  stack: OpenView[],
  response: Fields | undefined,
): Record<string, string> | null {
  const top = stack.at(-1)!
  if (response?.response_action === 'errors') {
    const errors = response.errors as Record<string, string>
    const known = (top.view.blocks as Fields[]).filter((block) => block.type === 'input').map((block) => block.block_id)
    const unknown = Object.keys(errors).filter((id) => !known.includes(id))
    if (unknown.length > 0) throw new SlackRefusal('invalid_errors', [`[ERROR] no input block ${unknown.join(', ')}`])
    return errors
  }
  if (response?.response_action === 'update') {
    validateView(response.view, 'modal')
    top.view = response.view
  } else if (response?.response_action === 'push') {
    pushView(context, top.user, response.view)
  } else {
    context.session.views.set(top.user, response?.response_action === 'clear' ? [] : stack.slice(0, -1))
  }
  context.onChange()
  return null
}

function elementState(element: Fields, value: string | string[] | null): Fields {
  const type = String(element.type)
  const options = (element.options ?? []) as Fields[]
  const chosen = (wanted: unknown) => options.find((option) => option.value === wanted) ?? null
  const state =
    type === 'checkboxes'
      ? { type, selected_options: (Array.isArray(value) ? value : []).map(chosen).filter(Boolean) }
      : type === 'static_select' || type === 'radio_buttons'
        ? { type, selected_option: chosen(value) }
        : type === 'datepicker'
          ? { type, selected_date: value }
          : { type, value: isEmpty(value) ? null : value }
  return { [String(element.action_id)]: state }
}

function isEmpty(value: string | string[] | null | undefined): boolean {
  return (
    value === null || value === undefined || value.length === 0 || (typeof value === 'string' && value.trim() === '')
  )
}
