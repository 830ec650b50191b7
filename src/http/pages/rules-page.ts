import type { RuleDocument, RuleWithUses } from '../../memory/describe-rules.ts'
import { html, type SafeHtml } from '../html.ts'
import { layout } from './layout.ts'
import { instant, tags } from './parts.ts'

const STATUS = { in_force: 'in force', to_begin: 'still to begin', retired: 'retired' } as const

/** All rules and exceptions, with how often each is named. */
export function rulesPage(rules: readonly RuleDocument[]): string {
  const body =
    rules.length === 0
      ? html`<p>Nobody has confirmed a rule yet. In Slack, <b>/docket rules</b> suggests rules from corrections that are alike.</p>`
      : html`<div class="scroll"><table>
    <thead><tr><th>Rule</th><th>Text</th><th>Status</th><th class="number">Overrides</th><th class="number">Decisions</th></tr></thead>
    <tbody>${rules.map(ruleRow)}</tbody></table></div>`
  return layout('Rules', html`<h1>Rules and exceptions</h1>${body}`)
}

function ruleRow(rule: RuleDocument): SafeHtml {
  return html`<tr>
    <td><a href="${rulePath(rule)}">${rule.id}</a><br><span class="quiet">${rule.workflow}</span></td>
    <td>${rule.text}${rule.exceptionTo && html`<br><span class="quiet">exception to ${rule.exceptionTo}</span>`}</td>
    <td>${STATUS[rule.status]}</td>
    <td class="number">${rule.citedBy.overrides}</td>
    <td class="number">${rule.citedBy.decisions}</td>
  </tr>`
}

/** One rule: what it says, since when, on what it rests, and who has named it. */
export function rulePage(rule: RuleWithUses, timeZone: string): string {
  return layout(
    `${rule.id} · ${rule.workflow}`,
    html`
    <h1>Rule ${rule.id}</h1>
    <p class="quiet">${rule.workflow} · ${STATUS[rule.status]}${rule.exceptionTo && html` · exception to ${rule.exceptionTo}`}${
      rule.exceptions.length > 0 && html` · its exceptions: ${rule.exceptions.join(', ')}`
    }</p>
    <p>${rule.text}</p>
    ${tags({ overrides: rule.citedBy.overrides, decisions: rule.citedBy.decisions, 'agent runs': rule.citedBy.runs })}
    <h2>Versions</h2>
    <div class="scroll"><table>
      <thead><tr><th class="number">Version</th><th>Text</th><th>Holds</th><th>Confirmed</th><th class="number">Drawn from</th></tr></thead>
      <tbody>${rule.versions.map(
        (version) => html`<tr><td class="number">${version.version}</td>
        <td>${version.status === 'retired' ? html`<i>retired</i>` : version.text}</td>
        <td>from ${instant(version.validFrom, timeZone)}${version.validUntil && html`<br>until ${instant(version.validUntil, timeZone)}`}</td>
        <td>${version.confirmedBy}, ${instant(version.recordedAt, timeZone)}</td>
        <td class="number">${version.evidence.length}</td></tr>`,
      )}</tbody></table></div>
    <h2>Who named it</h2>
    ${
      rule.uses.length === 0
        ? html`<p>No correction and no saved decision yet.</p>`
        : html`<ul>${rule.uses.map(
            (use) =>
              html`<li>${instant(use.occurredAt, timeZone)}, ${use.actor}${
                use.workItemId &&
                html`, <a href="/work-items/${encodeURIComponent(rule.workflow)}/${encodeURIComponent(use.workItemId)}">${use.workItemId}</a>`
              }: ${use.title}</li>`,
          )}</ul>`
    }
    <p class="quiet">Times are in ${timeZone}. <a href="/rules">All rules</a></p>`,
  )
}

export function rulePath({ workflow, id }: { workflow: string; id: string }): string {
  return `/rules/${encodeURIComponent(workflow)}/${encodeURIComponent(id)}`
}
