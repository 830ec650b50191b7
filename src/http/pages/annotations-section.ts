import type { WorkItemDocument } from '../../attribution/work-item-document.ts'
import type { OverrideCandidate } from '../../domain/override-candidate.ts'
import { html, type SafeHtml } from '../html.ts'
import { instant } from './parts.ts'

/** What people said of the item's steps in other tools and nobody has settled: each with the ways to settle it. */
export function annotationsSection(
  candidates: readonly OverrideCandidate[],
  item: Pick<WorkItemDocument, 'id' | 'runs'>,
  timeZone: string,
): SafeHtml | false {
  if (candidates.length === 0) return false
  return html`<h2>What people said of its steps</h2>
  <p class="quiet">Somebody annotated ${candidates.length === 1 ? 'a step' : 'steps'} in an observability tool. ${candidates.length === 1 ? 'It may be a correction' : 'They may be corrections'}:
    nothing becomes an override by itself. In Slack, <code>/docket annotations ${item.id}</code> has a form with the fields filled
    in; or a key with the scope <code>ingest</code> makes the calls below.</p>
  ${candidates.map((candidate) => candidateNote(candidate, item, timeZone))}`
}

function candidateNote(
  candidate: OverrideCandidate,
  { runs }: Pick<WorkItemDocument, 'runs'>,
  timeZone: string,
): SafeHtml {
  const { id, agentDecision, annotation, traceId, stepId, occurredAt } = candidate
  const { name, label, score, explanation } = annotation
  const said =
    label === null
      ? score === null
        ? null
        : `score ${score}`
      : html`<b>${label}</b>${score !== null && ` (score ${score})`}`
  const run = runs.find((one) => one.traceId === traceId)
  const step = run?.spans.find((span) => span.id === stepId)
  return html`<div class="note">
    <p>${name}${said !== null && html`: ${said}`}${
      agentDecision !== null && html`; the agent had decided <b>${agentDecision}</b>`
    }</p>
    ${explanation !== null && html`<p>${explanation}</p>`}
    <p class="quiet">A person, of ${step ? `the step “${step.name}”` : 'a step'}${run && html` of attempt ${run.attempt}`}, which ended
      ${instant(occurredAt, timeZone)}</p>
    <details><summary class="quiet">how to settle it</summary>
      <p class="quiet">It is a correction:</p><pre>POST /api/override-candidates/${id}/confirm
${JSON.stringify(confirmationOf(candidate))}</pre>
      <p class="quiet">It is none:</p><pre>POST /api/override-candidates/${id}/dismiss
{"actor":"YOUR NAME"}</pre>
    </details>
  </div>`
}

/** A body that can be sent once the words in capitals are filled in: only what is known nowhere has to be said. */
function confirmationOf({ agentDecision, annotation }: OverrideCandidate): Record<string, string> {
  return {
    actor: 'YOUR NAME',
    ...(agentDecision === null && { agentDecision: 'WHAT THE AGENT DECIDED' }),
    ...(annotation.label === null && { humanDecision: 'WHAT YOU DECIDED' }),
    ...(annotation.explanation === null && { reason: 'WHY' }),
  }
}
