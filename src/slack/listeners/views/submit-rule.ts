import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt'
import { dateIn, startOfDay } from '../../../domain/period.ts'
import { escapeWithin, mrkdwnDate } from '../../../narration/escape-mrkdwn.ts'
import { countOf } from '../../../narration/format-number.ts'
import type { RuleRow } from '../../../store/queries/rules.ts'
import { announceRule } from '../../announce-rule.ts'
import type { RuleFormSource } from '../../blocks/rule-form.ts'
import { ruleLink } from '../../blocks/rules-message.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { faultMessage } from '../../fault-message.ts'
import { findSuggestion } from '../../find-suggestion.ts'
import { formValue } from '../../form-values.ts'
import { INPUTS } from '../../ids.ts'
import { loadDecider } from '../../load-decider.ts'
import { tellAboutForm } from '../../tell-about-form.ts'

type Submission = AllMiddlewareArgs & SlackViewMiddlewareArgs<ViewSubmitAction>

/** A person makes a rule of a suggestion, or puts one that is there into other words. */
export const onSubmitRule =
  (deps: SlackDependencies) =>
  async ({ ack, body, client, view }: Submission) => {
    const id = formValue(view, INPUTS.rule)
    const text = formValue(view, INPUTS.text)
    const errors: Record<string, string> = {}
    if (id === null || /\s/.test(id)) errors[INPUTS.rule] = 'A short name without spaces, such as HR-12.'
    if (text === null) errors[INPUTS.text] = 'Say what the rule is.'
    if (id === null || text === null || Object.keys(errors).length > 0)
      return ack({ response_action: 'errors', errors })
    await ack()
    const source = JSON.parse(view.private_metadata) as RuleFormSource
    try {
      const person = await loadDecider(client, deps.db, body.user.id, source.workflow)
      const { workflow, overrideId } = source
      const suggestion =
        overrideId === null ? null : await findSuggestion(deps.db, deps.clock(), { workflow, overrideId })
      const rule = await deps.services.confirmRule({
        workflow,
        id,
        text,
        exceptionTo: formValue(view, INPUTS.exceptionTo),
        confirmedBy: person.name,
        evidence: suggestion?.overrides.map((override) => override.id) ?? [],
        validFrom: beginning(formValue(view, INPUTS.validFrom), deps.clock()),
      })
      await announceRule(deps, client, source, body.user.id, {
        deed: `confirmed rule ${escapeWithin(rule.id, 100)}`,
        text: confirmed(rule, body.user.id, deps.baseUrl),
      })
    } catch (error) {
      await tellAboutForm(client, body.user.id, source.channel)(faultMessage(error, 'confirm the rule', deps.log))
    }
  }

export const onSubmitRetirement =
  (deps: SlackDependencies) =>
  async ({ ack, body, client, view }: Submission) => {
    await ack()
    const source = JSON.parse(view.private_metadata) as RuleFormSource & { rule: string }
    try {
      const person = await loadDecider(client, deps.db, body.user.id, source.workflow)
      const rule = await deps.services.retireRule({
        workflow: source.workflow,
        id: source.rule,
        retiredBy: person.name,
        validFrom: beginning(formValue(view, INPUTS.validFrom), deps.clock()),
      })
      const day = mrkdwnDate(rule.validFrom, '{date_short_pretty}', rule.validFrom.toISOString().slice(0, 10))
      await announceRule(deps, client, source, body.user.id, {
        deed: `retired rule ${escapeWithin(rule.id, 100)}`,
        text: `<@${body.user.id}> retired rule ${ruleLink(rule, deps.baseUrl)}, ${day}. Its versions stay.`,
      })
    } catch (error) {
      await tellAboutForm(client, body.user.id, source.channel)(faultMessage(error, 'retire the rule', deps.log))
    }
  }

/** Today is now: a rule confirmed in the afternoon was not in force in the morning. */
function beginning(day: string | null, now: Date): Date {
  return day === null || day === dateIn(now, 'UTC') ? now : startOfDay(day, 'UTC')
}

function confirmed(rule: RuleRow, user: string, baseUrl: string): string {
  const since = mrkdwnDate(rule.validFrom, '{date_short_pretty}', rule.validFrom.toISOString().slice(0, 10))
  const evidence =
    rule.evidence.length > 0 ? `, drawn from ${countOf(rule.evidence.length, 'override', 'overrides')}` : ''
  const exception = rule.exceptionTo ? `, an exception to ${escapeWithin(rule.exceptionTo, 100)}` : ''
  return `<@${user}> confirmed rule ${ruleLink(rule, baseUrl)} for ${escapeWithin(rule.workflow, 100)}${exception}, from ${since}${evidence}:\n${escapeWithin(rule.text, 2000)}`
}
