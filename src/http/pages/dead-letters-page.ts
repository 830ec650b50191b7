import type { DeadLetter, DeadLetterCount } from '../../store/queries/dead-letters.ts'
import { html, type SafeHtml } from '../html.ts'
import { layout } from './layout.ts'
import { instant } from './parts.ts'

export interface DeadLettersShown {
  /** Null: of every source. */
  source: string | null
  sources: { source: string; letters: number }[]
  counts: DeadLetterCount[]
  letters: DeadLetter[]
  /** True where the list begins behind newer letters. */
  isLater: boolean
  /** Where it goes on; null at its end. */
  next: string | null
  retentionDays: number
}

/** What was refused and why: by reason, how often; then each, newest first, with what is left of its content. */
export function deadLettersPage(shown: DeadLettersShown, timeZone: string): string {
  const { source, letters, isLater, next, retentionDays } = shown
  return layout(
    'What was refused',
    html`
    <h1>What was refused</h1>
    <p class="quiet">Spans and members of requests that could not be taken, with the reason that their sender was told. Contents are
      redacted and cut. What is older than ${retentionDays} days is dropped. As JSON: <code>GET /api/dead-letters</code></p>
    ${sourceLinks(shown)}
    ${!isLater && reasons(shown, timeZone)}
    ${letters.length > 0 && html`<h2>${isLater ? 'Older' : 'Newest'}</h2>${letters.map((letter) => letterNote(letter, timeZone))}`}
    ${letters.length === 0 && html`<p>${isLater ? 'Nothing is older.' : 'Nothing was refused.'}</p>`}
    <p class="actions">${isLater && html`<a href="${pathOf(source, null)}">Newest</a>`}${isLater && next && ' · '}${
      next && html`<a href="${pathOf(source, next)}">Older</a>`
    }</p>
    <p class="quiet">Times are in ${timeZone}.</p>`,
  )
}

function sourceLinks({ source, sources }: DeadLettersShown): SafeHtml | false {
  if (sources.length === 0) return false
  const total = sources.reduce((sum, one) => sum + one.letters, 0)
  const link = (name: string | null, label: string, letters: number) => {
    const text = html`${label} <span class="quiet">${letters.toLocaleString('en-US')}</span>`
    return name === source ? html`<li><b>${text}</b></li>` : html`<li><a href="${pathOf(name, null)}">${text}</a></li>`
  }
  return html`<ul class="tags">${link(null, 'every source', total)}${sources.map((one) => link(one.source, one.source, one.letters))}</ul>`
}

function reasons({ counts }: DeadLettersShown, timeZone: string): SafeHtml | false {
  if (counts.length === 0) return false
  return html`<h2>Why, and how often</h2>
  <div class="scroll"><table>
    <thead><tr><th>Source</th><th>Where</th><th>Why</th><th class="number">How many</th><th>Latest</th></tr></thead>
    <tbody>${counts.map(
      (count) => html`<tr><td>${count.source}</td><td><code>${count.path}</code></td><td>${count.message}</td>
        <td class="number">${count.letters.toLocaleString('en-US')}</td><td>${instant(count.latestAt, timeZone)}</td></tr>`,
    )}</tbody></table></div>`
}

function letterNote(letter: DeadLetter, timeZone: string): SafeHtml {
  const member = letter.memberIndex === null ? '' : ` · member ${letter.memberIndex + 1}`
  return html`<div class="note">
    <p><b>${letter.path !== '' && `${letter.path}: `}${letter.message}</b></p>
    <p class="quiet">${letter.source}, ${instant(letter.recordedAt, timeZone)}${member}</p>
    ${letter.excerpt !== '' && html`<pre>${letter.excerpt}</pre>`}
  </div>`
}

function pathOf(source: string | null, after: string | null): string {
  const query = new URLSearchParams()
  if (source !== null) query.set('source', source)
  if (after !== null) query.set('after', after)
  return `/dead-letters${query.size > 0 ? `?${query}` : ''}`
}
