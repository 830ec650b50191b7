import { html, useEffect, useState, type VNode } from '../preact.js'
import type { Status } from '../types.ts'

const TURN_MILLISECONDS = 1600

/** "Docket is …", with what it is doing in turn. */
export function StatusLine({ status }: { status: Status }): VNode {
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTurn((now) => now + 1), TURN_MILLISECONDS)
    return () => clearInterval(timer)
  }, [])
  const doing = status.messages[turn % Math.max(1, status.messages.length)]
  return html`<p class="status" role="status"><span class="spinner" aria-hidden="true"></span><strong>Docket</strong> ${status.status}${doing && html` <span class="doing">${doing}</span>`}</p>`
}
