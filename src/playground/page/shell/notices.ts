import { html, useRef, useState, type VNode } from '../preact.js'
import type { State } from '../types.ts'

interface NoticeProperties {
  fault: string | null
  offline: boolean
  refusals: State['refusals']
  onDismiss: () => void
}

/** What went wrong: a lost server, a refused call of ours, and what Slack would have refused of Docket's. */
export function Notices({ fault, offline, refusals, onDismiss }: NoticeProperties): VNode {
  const [seen, setSeen] = useState(0)
  const start = useRef(refusals.length)
  const fresh = refusals.slice(Math.max(start.current, seen))
  return html`<div class="notices" aria-live="polite">
    ${offline && html`<p class="notice">The server does not answer. Trying again…</p>`}
    ${fault && html`<p class="notice">${fault}<button type="button" aria-label="Dismiss" onClick=${onDismiss}>×</button></p>`}
    ${
      fresh.length > 0 &&
      html`<p class="notice">Slack would have refused ${fresh.at(-1)!.method}: ${fresh.at(-1)!.error}. ${fresh.at(-1)!.messages[0] ?? ''}
        <button type="button" aria-label="Dismiss" onClick=${() => setSeen(refusals.length)}>×</button></p>`
    }
  </div>`
}
