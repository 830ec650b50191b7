import type { WorkItemDocument } from '../../attribution/work-item-document.ts'
import { html, type SafeHtml } from '../html.ts'
import type { DecisionTrace, Standpoint } from '../load-decision-trace.ts'
import { annotationsSection } from './annotations-section.ts'
import { auditSection, consultations, rulesNamed, savedDecisions } from './evidence-sections.ts'
import { layout } from './layout.ts'
import { dollars, figure, instant, tags } from './parts.ts'
import { runSection } from './run-section.ts'

/** The whole decision trace of a work item, as Slack answers link to it: costs, what people decided, and every step. */
export function workItemPage(
  { item, evidence, candidates }: DecisionTrace,
  timeZone: string,
  shown: Standpoint & { opened: boolean },
): string {
  const path = `/work-items/${encodeURIComponent(item.workflow)}/${encodeURIComponent(item.id)}`
  const when = shownAt(shown)
  const query = when.toString() === '' ? '' : `?${when.toString()}`
  const all = new URLSearchParams([...when, ['all', '1']])
  return layout(
    `${item.id} · ${item.workflow}`,
    html`
    <h1>${item.id}</h1>
    <p class="quiet">${item.workflow} · ${item.status}${saidStandpoint(shown, timeZone)}</p>
    <p class="actions"><a href="${path}/export.json${query}" download>Download everything as JSON</a>
      · <a href="${path}?${all.toString()}">Open all steps, to print</a></p>
    ${tags(item.attributes)}
    ${costs(item)}
    ${item.overrides.length > 0 && html`<h2>What people decided</h2>${item.overrides.map((override) => overrideNote(override, timeZone))}`}
    ${annotationsSection(candidates, item, timeZone)}
    ${savedDecisions(evidence, timeZone)}
    ${outcomes(item, timeZone)}
    ${consultations(item, timeZone)}
    ${item.runs.length > 0 && html`<h2>What the agent did</h2>${item.runs.map((run) => runSection(run, timeZone, shown.opened))}`}
    ${
      item.changes.length > 0 &&
      html`<h2>What changed around it</h2><ul>${item.changes.map(
        (change) => html`<li>${instant(change.occurredAt, timeZone)}: ${change.kind}: ${change.description}</li>`,
      )}</ul>`
    }
    ${rulesNamed(evidence, timeZone)}
    ${auditSection(evidence, timeZone)}
    <p class="quiet">Times are in ${timeZone}.</p>`,
  )
}

function shownAt({ asOf, knownAt }: Standpoint): URLSearchParams {
  const when = new URLSearchParams()
  if (asOf) when.set('asOf', asOf.toISOString())
  if (knownAt) when.set('knownAt', knownAt.toISOString())
  return when
}

function saidStandpoint({ asOf, knownAt }: Standpoint, timeZone: string): SafeHtml[] {
  return [
    ...(asOf ? [html` · <b>as of ${instant(asOf, timeZone)}</b>`] : []),
    ...(knownAt ? [html` · <b>as it was known on ${instant(knownAt, timeZone)}</b>`] : []),
  ]
}

function costs({ cost, usage }: WorkItemDocument): SafeHtml {
  const calls = cost.pricedCalls + cost.unpricedCalls
  return html`<dl class="figures">
    ${figure('Total cost', dollars(cost.totalUsd))}
    ${figure('Agent runs', dollars(cost.runsUsd))}
    ${figure('Corrections', dollars(cost.correctionsUsd))}
    ${figure('Tools', dollars(cost.toolsUsd))}
    ${figure('Model calls priced', `${cost.pricedCalls} of ${calls}`)}
    ${figure('Tokens in', usage.inputTokens?.toLocaleString('en-US') ?? 'unknown')}
    ${figure('Tokens out', usage.outputTokens?.toLocaleString('en-US') ?? 'unknown')}
  </dl>`
}

function overrideNote(override: WorkItemDocument['overrides'][number], timeZone: string): SafeHtml {
  return html`<div class="note">
    <p><b>${override.agentDecision}</b> → <b>${override.humanDecision}</b>${override.rule && html`, rule ${override.rule}`}</p>
    <p>${override.reason}</p>
    <p class="quiet">${override.actor}, ${instant(override.occurredAt, timeZone)}${
      override.minutes !== null && html`, ${override.minutes} min`
    }${override.costUsd !== null && html` (${dollars(override.costUsd)})`}</p>
  </div>`
}

function outcomes({ outcomes: steps }: WorkItemDocument, timeZone: string): SafeHtml | false {
  if (steps.length === 0) return html`<h2>Outcome</h2><p>None yet: the item is open.</p>`
  return html`<h2>Outcome</h2><ul>${steps.map(
    (outcome) =>
      html`<li>${instant(outcome.occurredAt, timeZone)}: <b>${outcome.status}</b>${
        outcome.resolvedBy && html` by ${outcome.resolvedBy}`
      }${outcome.valueUsd !== null && html`, worth ${dollars(outcome.valueUsd)}`}${outcome.note && html`: ${outcome.note}`}</li>`,
  )}</ul>`
}
