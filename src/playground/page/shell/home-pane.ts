import { Blocks } from '../blocks/blocks.ts'
import { html, type VNode } from '../preact.js'
import type { Directory } from '../text/directory.ts'
import type { State, Used } from '../types.ts'

interface HomeProperties {
  state: State
  directory: Directory
  onMessages: () => void
  onUse: (used: Used) => void
}

/** The app's Home tab, as Docket published it for this person. */
export function HomePane({ state, directory, onMessages, onUse }: HomeProperties): VNode {
  return html`<main class="pane" aria-label="Docket’s Home">
    <header class="pane-head"><h1>Docket</h1>
      <div class="tabs" role="group" aria-label="Docket’s tabs"><button type="button" aria-current="page">Home</button><button type="button" onClick=${onMessages}>Messages</button></div>
    </header>
    <div class="scroll home">${state.home ? html`<${Blocks} blocks=${state.home.blocks} context=${{ directory, onUse }} />` : html`<div class="empty"><h2>Nothing here yet</h2><p>Docket fills this page when you open it.</p></div>`}</div>
  </main>`
}
