import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt'
import { findOverrideCandidate } from '../../../store/queries/override-candidates.ts'
import type { OverrideFormMetadata } from '../../blocks/override-form.ts'
import { workItemFieldError } from '../../blocks/override-messages.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { faultMessage } from '../../fault-message.ts'
import { formValue } from '../../form-values.ts'
import { INPUTS } from '../../ids.ts'
import { lookUpWorkItem } from '../../look-up-work-item.ts'
import { recordAndConfirm } from '../../requests/record-and-confirm.ts'
import { tellAboutForm } from '../../tell-about-form.ts'

/** Checks the form while it is open; records it once it is closed, and confirms to the person alone. */
export const onSubmitOverride =
  (deps: SlackDependencies) =>
  async ({ ack, body, client, view }: AllMiddlewareArgs & SlackViewMiddlewareArgs<ViewSubmitAction>) => {
    const errors: Record<string, string> = {}
    const required = (blockId: string, message: string): string => {
      const value = formValue(view, blockId)
      if (value === null) errors[blockId] = message
      return value ?? ''
    }
    const reference = required(INPUTS.workItem, 'Name the work item, such as claim-8841.')
    const agentDecision = required(INPUTS.agentDecision, 'Say what the agent decided, such as deny.')
    const humanDecision = required(INPUTS.humanDecision, 'Say what you decided, such as approve.')
    const reason = required(INPUTS.reason, 'Say why, in one sentence.')
    const minutesText = formValue(view, INPUTS.minutes)
    const minutes = minutesText === null ? null : Number(minutesText)
    if (minutes !== null && !(minutes >= 0)) errors[INPUTS.minutes] = 'Write minutes as a number, such as 12.'
    const { channel, candidate } = JSON.parse(view.private_metadata || '{}') as Partial<OverrideFormMetadata>
    const lookUp = reference === '' ? null : await lookUpWorkItem(deps.db, reference)
    if (lookUp && lookUp.kind !== 'found') errors[INPUTS.workItem] = workItemFieldError(lookUp)
    const said = candidate === undefined ? null : await findOverrideCandidate(deps.db, candidate)
    if (lookUp?.kind === 'found' && said && lookUp.item.id !== said.workItemId) {
      errors[INPUTS.workItem] = `What was said is of ${said.workItemId}. For another item, use /override.`
    }
    if (lookUp?.kind !== 'found' || Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors })
    await ack()
    const tell = tellAboutForm(client, body.user.id, channel ?? null)
    try {
      await tell(
        await recordAndConfirm(deps, client, {
          id: `slack-${view.root_view_id ?? view.id}`,
          user: body.user.id,
          item: lookUp.item,
          agentDecision,
          humanDecision,
          reason,
          rule: formValue(view, INPUTS.rule),
          minutes,
          candidate,
        }),
      )
    } catch (error) {
      await tell(faultMessage(error, 'record the override', deps.log))
    }
  }
