import type { RunDocument, SpanDocument } from '../../attribution/work-item-document.ts'
import { html, type SafeHtml } from '../html.ts'
import { dollars, duration, instant, payload } from './parts.ts'

/** One attempt: its figures, and every step in order with what it saw and decided. */
export function runSection(run: RunDocument, timeZone: string, opened: boolean): SafeHtml {
  return html`
  <h3 id="${run.traceId}">Attempt ${run.attempt}: ${run.status && html`${run.status}, `}${dollars(run.costUsd)}</h3>
  <p class="quiet">${instant(run.startedAt, timeZone)}, ${duration(run.startedAt, run.endedAt)} · trace ${run.traceId}${
    run.agent?.name && html` · ${run.agent.name} ${run.agent.version}`
  }${run.promptVersion && html` · prompt ${run.promptVersion}`}</p>
  <div class="scroll"><table>
    <thead><tr><th>Step</th><th>Kind</th><th>Model</th><th class="number">Tokens in</th><th class="number">Tokens out</th>
      <th class="number">Cost</th><th class="number">Took</th><th></th></tr></thead>
    <tbody>${run.spans.map((span) => spanRow(span, opened))}</tbody>
  </table></div>
  ${run.spans.length === 0 && html`<p class="quiet">Its steps were dropped by retention; its story and its figures stay.</p>`}
  ${run.gaps.length > 0 && gaps(run)}`
}

const GAP_REASONS: Record<RunDocument['gaps'][number]['reason'], string> = {
  failed_without_call: 'failed as a call does, and no call inside it was exported',
  attempts_skipped: 'counts attempts, and some before it were not exported',
  retries_inside: 'says that it was retried, and the tries before were not exported',
}

/** What is missing is said beside the table, because it is in none of its figures. */
function gaps({ gaps: found, spans }: RunDocument): SafeHtml {
  const nameOf = new Map(spans.map((span) => [span.id, span.name]))
  return html`<div class="note"><p><b>Calls that are missing here</b>, and in the costs above:</p><ul>${found.map(
    ({ spanId, reason, calls }) =>
      html`<li>${nameOf.get(spanId) ?? spanId} ${GAP_REASONS[reason]}${calls !== null && html` (at least ${calls})`}</li>`,
  )}</ul></div>`
}

function spanRow(span: SpanDocument, opened: boolean): SafeHtml {
  return html`<tr>
    <td>${span.name}${details(span, opened)}</td>
    <td>${span.kind}</td>
    <td>${span.model}</td>
    <td class="number">${span.usage?.inputTokens?.toLocaleString('en-US')}</td>
    <td class="number">${span.usage?.outputTokens?.toLocaleString('en-US')}</td>
    <td class="number">${span.counted && dollars(span.costUsd)}</td>
    <td class="number">${duration(span.startedAt, span.endedAt)}</td>
    <td>${span.status === 'error' && html`<span class="bad">failed</span>`} ${
      span.retryOf && html`<span class="quiet">retry${span.retryInferred && ' (inferred)'}</span>`
    } ${span.waste && html`<span class="quiet">${span.waste.replaceAll('_', ' ')}</span>`}</td>
  </tr>`
}

function details(span: SpanDocument, opened: boolean): SafeHtml | null {
  const parts = [
    span.error && html`<p class="bad">${span.error}</p>`,
    span.decision &&
      html`<p>Decided <b>${span.decision.choice}</b>${
        span.decision.alternatives &&
        span.decision.alternatives.length > 0 &&
        html` over ${span.decision.alternatives.join(', ')}`
      }${span.decision.rules && span.decision.rules.length > 0 && html` by ${span.decision.rules.join(', ')}`}${
        span.decision.precedents &&
        span.decision.precedents.length > 0 &&
        html`, on the precedents ${span.decision.precedents.join(', ')}`
      }${span.decision.rationale && html`: ${span.decision.rationale}`}</p>`,
    span.documents.length > 0 &&
      html`<ul>${span.documents.map(
        (document) =>
          html`<li>${document.title ?? document.id}${typeof document.score === 'number' && html` (${document.score.toFixed(2)})`}:
            ${document.used === true ? 'used' : document.used === false ? html`<span class="bad">not used</span>` : 'use not reported'}</li>`,
      )}</ul>`,
    span.tool && html`<p>Tool ${span.tool.name}</p>${payload(span.tool.arguments)}${payload(span.tool.result)}`,
    span.input && html`<p class="quiet">Input</p>${payload(span.input)}`,
    span.output && html`<p class="quiet">Output</p>${payload(span.output)}`,
  ].filter((part) => part !== null && part !== false && part !== '' && part !== undefined)
  if (parts.length === 0) return null
  return html`<details${opened && html` open`}><summary class="quiet">what it saw and did</summary>${parts}</details>`
}
