import { Problem } from '../../domain/problem.ts'
import { describeRule, listRuleDocuments } from '../../memory/describe-rules.ts'
import { SUGGESTION_DAYS } from '../../memory/suggest-rules.ts'
import { listWorkflows } from '../../store/queries/list-workflows.ts'
import { ruleMessage, rulesMessage } from '../blocks/rules-message.ts'
import type { Conversation } from '../conversation.ts'
import type { SlackDependencies } from '../dependencies.ts'
import { listSuggestions } from '../find-suggestion.ts'

/** `/docket rules`, `/docket rules WORKFLOW`, `/docket rules HR-12`. */
export async function showRules(
  { db, clock, baseUrl }: SlackDependencies,
  conversation: Conversation,
  about: string,
): Promise<void> {
  const now = { asOf: clock(), knownAt: null }
  const workflows = (await listWorkflows(db)).map((workflow) => workflow.name)
  const workflow = workflows.find((name) => name.toLowerCase() === about.toLowerCase()) ?? null
  const rules = await listRuleDocuments(db, workflow, now)
  if (about !== '' && workflow === null) {
    const named = rules.filter((rule) => rule.id.toLowerCase() === about.toLowerCase())
    for (const rule of named) {
      const described = await describeRule(db, rule, now)
      if (described) await conversation.say(ruleMessage(described, baseUrl))
    }
    if (named.length > 0) return
    throw new Problem('unknown_rule', `“${about}” is neither a workflow nor a rule that I know.`, {
      nextStep: `Rules: ${rules.map((rule) => rule.id).join(', ') || 'none yet'}. Workflows: ${workflows.join(', ') || 'none yet'}.`,
    })
  }
  const suggestions = await listSuggestions(db, now.asOf, workflow)
  await conversation.say(rulesMessage(rules, suggestions, { workflow, days: SUGGESTION_DAYS, baseUrl }))
}
