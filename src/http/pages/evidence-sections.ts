import type { WorkItemDocument } from '../../attribution/work-item-document.ts'
import type { Evidence } from '../../memory/load-evidence.ts'
import { html, type SafeHtml } from '../html.ts'
import { instant } from './parts.ts'
import { rulePath } from './rules-page.ts'

/** Decisions that people saved from Slack for this item. */
export function savedDecisions({ memory }: Evidence, timeZone: string): SafeHtml | false {
  const current = memory.filter(
    (entry) => (entry.kind === 'decision' || entry.kind === 'thread') && entry.knownUntil === null,
  )
  if (current.length === 0) return false
  return html`<h2>What was said in Slack</h2>${current.map((entry) => {
    const link = entry.sources.find((source) => source.url && /^https?:/.test(source.url))?.url
    return html`<div class="note"><p><b>${entry.title}</b></p><pre>${entry.text}</pre>
      <p class="quiet">${entry.actor}, ${instant(entry.occurredAt, timeZone)}${link && html` · <a href="${link}">in Slack</a>`}</p></div>`
  })}`
}

/** What agents asked of memory, by run. */
export function consultations(item: WorkItemDocument, timeZone: string): SafeHtml | false {
  const runs = item.runs.filter((run) => run.consulted.length > 0)
  if (runs.length === 0) return false
  return html`<h2>What the agent asked memory</h2>${runs.map((run) =>
    run.consulted.map(
      (use) => html`<p>Attempt ${run.attempt}, ${instant(use.usedAt, timeZone)}: ${use.tool.replaceAll('_', ' ')}
        <span class="quiet">${Object.entries(use.asked)
          .filter(([, value]) => value !== null)
          .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
          .join(', ')}</span></p>
      ${
        use.entries.length === 0
          ? html`<p class="quiet">It was given no entry.</p>`
          : html`<ul>${use.entries.map((entry) => html`<li>${entry.title ?? 'no longer there'} <span class="quiet">${entry.id}</span></li>`)}</ul>`
      }`,
    ),
  )}`
}

export function rulesNamed({ rules }: Evidence, timeZone: string): SafeHtml | false {
  if (rules.length === 0) return false
  return html`<h2>Rules named</h2><ul>${rules.map((rule) => {
    const version = rule.versions.at(-1)!
    return html`<li><a href="${rulePath(rule)}">${rule.id}</a>: ${rule.text} <span class="quiet">version ${version.version},
      from ${instant(version.validFrom, timeZone)}, confirmed by ${version.confirmedBy}</span></li>`
  })}</ul>`
}

/** The links of the audit chain about the item, and where the chain ends. */
export function auditSection({ audit }: Evidence, timeZone: string): SafeHtml | false {
  if (audit.links.length === 0) return false
  return html`<h2>Proof</h2>
  <p class="quiet">Each correction and each rule is a link of one chain of hashes. <code>GET /api/audit/verify</code> makes them all
    again from the rows.${audit.head && html` The chain now ends at link ${audit.head.position}, ${audit.head.hash}.`}</p>
  <div class="scroll"><table>
    <thead><tr><th class="number">Link</th><th>Of</th><th>Recorded</th><th>Hash of the content</th><th>Hash of the link</th></tr></thead>
    <tbody>${audit.links.map(
      (
        link,
      ) => html`<tr><td class="number">${link.position}</td><td>${link.kind.replaceAll('_', ' ')} ${link.subject.id}</td>
        <td>${instant(link.recordedAt, timeZone)}</td><td class="hash">${link.contentHash}</td><td class="hash">${link.hash}</td></tr>`,
    )}</tbody></table></div>`
}
