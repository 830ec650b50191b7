import type { Block } from '../../domain/answer.ts'
import type { RuleDocument, RuleWithUses } from '../../memory/describe-rules.ts'
import type { RuleSuggestion } from '../../memory/suggest-rules.ts'
import { escapeWithin, mrkdwnDate, mrkdwnLink } from '../../narration/escape-mrkdwn.ts'
import { countOf } from '../../narration/format-number.ts'
import { saySegment } from '../../narration/say-segment.ts'
import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { ACTIONS } from '../ids.ts'
import { actions, context, type Message, section } from '../message.ts'
import { workItemUrl } from '../work-item-url.ts'

const SHOWN_RULES = 12
const SHOWN_SUGGESTIONS = 5
const SHOWN_USES = 5

/** Rules in force, and what people seem to follow without having said so. */
export function rulesMessage(
  rules: RuleDocument[],
  suggestions: RuleSuggestion[],
  about: { workflow: string | null; days: number; baseUrl: string },
): Message {
  const where = about.workflow === null ? '' : ` in ${escapeWithin(about.workflow, 200)}`
  const inForce = rules.filter((rule) => rule.status === 'in_force')
  const open = suggestions.filter((suggestion) => !suggestion.confirmed)
  const shown = inForce.slice(0, SHOWN_RULES)
  const text = `${countOf(inForce.length, 'rule', 'rules')} in force${where}, ${countOf(open.length, 'suggestion', 'suggestions')}`
  const more = inForce.length - shown.length
  const all = mrkdwnLink(`${about.baseUrl}/rules`, 'All rules and their versions')
  return {
    text,
    blocks: [
      section(
        inForce.length === 0
          ? `*No rule is in force${where} yet.* A rule is confirmed by a person; I only suggest.`
          : `*Rules in force${where}*\n${shown.map((rule) => sayRule(rule, about.baseUrl)).join('\n')}`,
      ),
      context(`${more > 0 ? `and ${more} more · ` : ''}${all}`),
      { type: 'divider' },
      section(
        open.length === 0
          ? `*Nothing to suggest*: no correction was made often enough in ${sayDays(about.days)}.`
          : `*People seem to follow ${open.length === 1 ? 'a rule' : 'rules'} that nobody has confirmed*`,
      ),
      ...open
        .slice(0, SHOWN_SUGGESTIONS)
        .flatMap((suggestion, index) => suggestionBlocks(suggestion, index, about.days)),
      ...brokenRules(suggestions, about.days),
    ],
  }
}

const sayDays = (days: number): string => (days % 7 === 0 ? `${days / 7} weeks` : `${days} days`)

function sayRule(rule: RuleDocument, baseUrl: string): string {
  const cited = rule.citedBy.overrides + rule.citedBy.decisions
  const exception = rule.exceptionTo ? ` _(exception to ${escapeWithin(rule.exceptionTo, 100)})_` : ''
  return `• ${ruleLink(rule, baseUrl)}${exception} ${escapeWithin(rule.text, 250)} · named ${countOf(cited, 'time', 'times')}`
}

export function ruleLink({ workflow, id }: { workflow: string; id: string }, baseUrl: string): string {
  return mrkdwnLink(`${baseUrl}/rules/${encodeURIComponent(workflow)}/${encodeURIComponent(id)}`, id)
}

/** "14 times in 3 weeks by 5 people, policy type home with exception docs, HR-12". */
export function saySuggestion(suggestion: RuleSuggestion, days: number): string {
  const people = new Set(suggestion.overrides.map((override) => override.actor)).size
  return [
    `${suggestion.overrides.length} times in ${sayDays(days)} by ${countOf(people, 'person', 'people')}`,
    saySegment(suggestion.segment),
    suggestion.rule ?? 'no rule named',
  ]
    .filter(Boolean)
    .join(', ')
}

function suggestionBlocks(suggestion: RuleSuggestion, index: number, days: number): Block[] {
  const { workflow, agentDecision, humanDecision, reason } = suggestion
  const value = suggestionValue(suggestion)
  const allValue = JSON.stringify([...JSON.parse(value), 'all'])
  return [
    section(
      `*${escapeWithin(agentDecision, 200)} → ${escapeWithin(humanDecision, 200)}* in ${escapeWithin(workflow, 100)}: ${escapeWithin(saySuggestion(suggestion, days), 600)}\n“${escapeWithin(reason, 600)}”`,
    ),
    ...(allValue.length > SLACK_LIMITS.buttonValue
      ? []
      : actions(`rule_suggestion_${index}`, [
          { label: 'Confirm as a rule', actionId: `${ACTIONS.openRuleForm}_${index}`, value, style: 'primary' },
          { label: 'See the overrides', actionId: ACTIONS.showSimilar, value: allValue },
        ])),
  ]
}

/** Names a suggestion by its newest override: the cluster is made again at the click. */
export function suggestionValue({ workflow, overrides }: Pick<RuleSuggestion, 'workflow' | 'overrides'>): string {
  return JSON.stringify([workflow, overrides.at(-1)!.id])
}

/** Rules that stand and that agents do not keep: what people corrected under them. */
function brokenRules(suggestions: RuleSuggestion[], days: number): Block[] {
  const broken = suggestions.filter((suggestion) => suggestion.confirmed)
  if (broken.length === 0) return []
  const lines = broken.map(
    (one) =>
      `${escapeWithin(one.rule!, 100)}: ${one.overrides.length} corrections in ${sayDays(days)} (${escapeWithin(one.agentDecision, 60)} → ${escapeWithin(one.humanDecision, 60)})`,
  )
  return [context(`Confirmed, and still corrected by hand: ${lines.join(' · ')}`)]
}

/** One rule with its versions and who named it last. */
export function ruleMessage(rule: RuleWithUses, baseUrl: string): Message {
  const holding = rule.versions.findLast((version) => version.text === rule.text) ?? rule.versions.at(-1)!
  const since = mrkdwnDate(holding.validFrom, '{date_short_pretty}', holding.validFrom.toISOString().slice(0, 10))
  const state = { in_force: `in force since ${since}`, to_begin: `begins ${since}`, retired: `retired ${since}` }
  const facts = [
    state[rule.status],
    `version ${holding.version}`,
    `confirmed by ${escapeWithin(holding.confirmedBy, 100)}`,
    rule.exceptionTo && `exception to ${escapeWithin(rule.exceptionTo, 100)}`,
    rule.exceptions.length > 0 && `exceptions: ${escapeWithin(rule.exceptions.join(', '), 300)}`,
    `named by ${countOf(rule.citedBy.overrides, 'override', 'overrides')}, ${countOf(rule.citedBy.decisions, 'decision', 'decisions')}, ${countOf(rule.citedBy.runs, 'agent run', 'agent runs')}`,
  ]
  const uses = rule.uses.slice(0, SHOWN_USES).map((use) => {
    const item = use.workItemId
      ? `${mrkdwnLink(workItemUrl(baseUrl, rule.workflow, use.workItemId), use.workItemId)} · `
      : ''
    const when = new Date(use.occurredAt)
    return `• ${item}${mrkdwnDate(when, '{date_short_pretty}', when.toISOString().slice(0, 10))} · ${escapeWithin(use.actor, 100)}: ${escapeWithin(use.title, 250)}`
  })
  const value = JSON.stringify({ workflow: rule.workflow, rule: rule.id })
  const buttons = [
    { label: rule.status === 'retired' ? 'Confirm again' : 'Change', actionId: ACTIONS.openRuleForm, value },
    ...(rule.status === 'retired'
      ? []
      : [{ label: 'Retire', actionId: ACTIONS.openRetireForm, value, style: 'danger' as const }]),
  ]
  return {
    text: escapeWithin(`Rule ${rule.id}: ${rule.text}`, 2500),
    blocks: [
      section(
        `*Rule ${ruleLink(rule, baseUrl)}* in ${escapeWithin(rule.workflow, 100)}\n${escapeWithin(rule.text, 2000)}`,
      ),
      context(facts.filter(Boolean).join(' · ')),
      ...(uses.length > 0 ? [section(`*Last named*\n${uses.join('\n')}`)] : []),
      ...(value.length > SLACK_LIMITS.buttonValue ? [] : actions('rule_actions', buttons)),
    ],
  }
}
