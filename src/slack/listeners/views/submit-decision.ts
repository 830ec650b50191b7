import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt'
import { escapeWithin } from '../../../narration/escape-mrkdwn.ts'
import type { DecisionSource } from '../../blocks/decision-form.ts'
import { workItemFieldError } from '../../blocks/override-messages.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { faultMessage } from '../../fault-message.ts'
import { formValue } from '../../form-values.ts'
import { INPUTS } from '../../ids.ts'
import { loadRecorder } from '../../load-person.ts'
import { loadThread, sentAt } from '../../load-thread.ts'
import { lookUpWorkItem } from '../../look-up-work-item.ts'
import { context, section } from '../../message.ts'
import { tellAboutForm } from '../../tell-about-form.ts'

/** Keeps the message as a decision that memory finds again. */
export const onSubmitDecision =
  (deps: SlackDependencies) =>
  async ({ ack, body, client, view }: AllMiddlewareArgs & SlackViewMiddlewareArgs<ViewSubmitAction>) => {
    const title = formValue(view, INPUTS.title)
    const text = formValue(view, INPUTS.text)
    const reference = formValue(view, INPUTS.workItem)
    const errors: Record<string, string> = {}
    if (title === null) errors[INPUTS.title] = 'Say in one line what was decided.'
    if (text === null) errors[INPUTS.text] = 'Say why.'
    const lookUp = reference === null ? null : await lookUpWorkItem(deps.db, reference)
    if (lookUp && lookUp.kind !== 'found') errors[INPUTS.workItem] = workItemFieldError(lookUp)
    if (title === null || text === null || Object.keys(errors).length > 0)
      return ack({ response_action: 'errors', errors })
    await ack()
    const source = JSON.parse(view.private_metadata) as DecisionSource
    const tell = tellAboutForm(client, body.user.id, source.channel)
    try {
      const person = await loadRecorder(client, body.user.id)
      const item = lookUp?.kind === 'found' ? lookUp.item : null
      const { duplicate } = await deps.services.saveDecision({
        id: `slack-${view.root_view_id ?? view.id}`,
        title,
        text,
        workflow: item?.workflow ?? formValue(view, INPUTS.workflow),
        workItemId: item?.id ?? null,
        rule: formValue(view, INPUTS.rule),
        actor: person.name,
        source,
        messages: await loadThread(client, source, deps.log),
        // When it was said, not when somebody thought of keeping it.
        occurredAt: sentAt(source.ts),
      })
      const said = `${duplicate ? 'Already kept' : 'Kept'} as a decision: ${escapeWithin(title, 300)}.`
      await tell({
        text: said,
        blocks: [section(said), context('Find it again with `/docket find` and a few of its words.')],
      })
    } catch (error) {
      await tell(faultMessage(error, 'save the decision', deps.log))
    }
  }
