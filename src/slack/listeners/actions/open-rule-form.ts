import { dateIn } from '../../../domain/period.ts'
import { Problem } from '../../../domain/problem.ts'
import { listRuleDocuments, type RuleDocument } from '../../../memory/describe-rules.ts'
import { draftRule } from '../../../memory/draft-rule.ts'
import { SUGGESTION_DAYS } from '../../../memory/suggest-rules.ts'
import { saySegment } from '../../../narration/say-segment.ts'
import { type Click, onClick } from '../../action-context.ts'
import { type RuleFormSource, type RulePrefill, retireForm, ruleForm } from '../../blocks/rule-form.ts'
import { saySuggestion } from '../../blocks/rules-message.ts'
import type { BlockActionArgs, SlackDependencies } from '../../dependencies.ts'
import { findSuggestion } from '../../find-suggestion.ts'
import { loadDecider } from '../../load-decider.ts'
import { openForm } from '../../open-form.ts'

/** What a button names: `[workflow, override id]` is a suggestion, `{workflow, rule}` a rule that is there. */
interface Named {
  workflow: string
  overrideId: string | null
  rule: string | null
}

const open = (
  deps: SlackDependencies,
  title: string,
  build: (named: Named, source: RuleFormSource) => Promise<ReturnType<typeof ruleForm>>,
) =>
  onClick(deps, 'open the form', async (click, args) => {
    const named = readNames(click.value)
    await openForm(
      args.client,
      args.body.trigger_id,
      {
        title,
        build: async () => {
          await loadDecider(args.client, deps.db, click.user, named.workflow)
          return build(named, sourceOf(named, click, args))
        },
      },
      deps.log,
    )
  })

/** A suggested rule to confirm, or a rule to put into other words; everything can be changed before it is confirmed. */
export const onOpenRuleForm = (deps: SlackDependencies) =>
  open(deps, 'Confirm a rule', async (named, source) => {
    const now = deps.clock()
    const rules = await listRuleDocuments(deps.db, named.workflow, { asOf: now, knownAt: null })
    const inForce = rules.filter((rule) => rule.status === 'in_force').map((rule) => rule.id)
    const common = { others: inForce, validFrom: dateIn(now, 'UTC') }
    return ruleForm(source, { ...common, ...(await prefillOf(deps, named, rules)) })
  })

export const onOpenRetireForm = (deps: SlackDependencies) =>
  open(deps, 'Retire a rule', async (named, source) => {
    const now = deps.clock()
    const rules = await listRuleDocuments(deps.db, named.workflow, { asOf: now, knownAt: null })
    const rule = rules.find((one) => one.id === named.rule)
    if (rule?.status !== 'in_force') {
      throw new Problem('unknown_rule', `Rule ${named.rule} is not in force any more, so there is nothing to retire.`)
    }
    return retireForm(source, rule, dateIn(now, 'UTC'))
  })

async function prefillOf(
  { db, clock }: SlackDependencies,
  named: Named,
  rules: RuleDocument[],
): Promise<Omit<RulePrefill, 'others' | 'validFrom'>> {
  if (named.overrideId === null) {
    const rule = rules.find((one) => one.id === named.rule)
    if (!rule) throw new Problem('unknown_rule', `There is no rule ${named.rule} in ${named.workflow}.`)
    return { id: rule.id, text: rule.text, exceptionTo: rule.exceptionTo, drawnFrom: null }
  }
  const suggestion = await findSuggestion(db, clock(), { workflow: named.workflow, overrideId: named.overrideId })
  if (!suggestion) {
    throw new Problem('stale_suggestion', 'These overrides are too few or too old by now to draw a rule from them.', {
      nextStep: '/docket rules shows what can be drawn from the last three weeks.',
    })
  }
  const standing = rules.find((rule) => rule.id.toLowerCase() === suggestion.rule?.toLowerCase())
  if (standing?.status === 'in_force') {
    throw new Problem(
      'already_confirmed',
      `${standing.id} is a rule already, confirmed by ${standing.versions.at(-1)!.confirmedBy}: “${standing.text}”`,
      { nextStep: `/docket rules ${standing.id} changes it.` },
    )
  }
  return {
    id: suggestion.rule,
    text: draftRule(suggestion, saySegment(suggestion.segment)),
    exceptionTo: null,
    drawnFrom: `Drawn from: ${suggestion.agentDecision} → ${suggestion.humanDecision}, ${saySuggestion(suggestion, SUGGESTION_DAYS)}`,
  }
}

function sourceOf(named: Named, click: Click, { body }: BlockActionArgs): RuleFormSource {
  return {
    workflow: named.workflow,
    overrideId: named.overrideId,
    channel: click.channel || null,
    message: click.messageTs === null ? null : { ts: click.messageTs, actionId: body.actions[0]?.action_id ?? '' },
  }
}

function readNames(value: string): Named {
  const parsed = JSON.parse(value) as [string, string] | { workflow: string; rule: string }
  return Array.isArray(parsed)
    ? { workflow: parsed[0], overrideId: parsed[1], rule: null }
    : { workflow: parsed.workflow, overrideId: null, rule: parsed.rule }
}
