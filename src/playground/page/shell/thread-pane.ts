import { html, type VNode } from '../preact.js'
import type { Directory } from '../text/directory.ts'
import type { State } from '../types.ts'
import type { Deeds } from './app.ts'
import { useScrollToEnd } from './channel-pane.ts'
import { Composer } from './composer.ts'
import { MessageList } from './message-list.ts'
import { threadMessages } from './places.ts'
import { StatusLine } from './status-line.ts'

interface ThreadProperties {
  state: State
  directory: Directory
  thread: { channel: string; ts: string }
  deeds: Deeds
  onClose: () => void
}

/** A thread beside its channel. */
export function ThreadPane({ state, directory, thread, deeds, onClose }: ThreadProperties): VNode {
  const messages = threadMessages(state, thread.channel, thread.ts)
  const status = state.statuses.find(
    (candidate) => candidate.channel === thread.channel && candidate.threadTs === thread.ts,
  )
  const end = useScrollToEnd(messages.at(-1)?.ts, status?.status)
  return html`<aside class="pane thread" aria-label="Thread" onKeyDown=${(event: KeyboardEvent) => event.key === 'Escape' && !event.defaultPrevented && onClose()}>
    <header class="pane-head"><h1>Thread</h1><p>${thread.channel === state.direct ? 'Docket' : `#${directory.channelName(thread.channel)}`}</p>
      <button type="button" class="close" aria-label="Close thread" onClick=${onClose}>×</button></header>
    <div class="scroll">
      <${MessageList} state=${state} directory=${directory} messages=${messages} deeds=${deeds} threads=${false} />
      ${status && html`<${StatusLine} status=${status} />`}
      <div ref=${end}></div>
    </div>
    <${Composer} state=${state} label="Reply" commands=${[]} onSend=${(text: string) => deeds.say(thread.channel, text, thread.ts)} />
  </aside>`
}
