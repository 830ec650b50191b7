import { html, useLayoutEffect, useRef, type VNode } from '../preact.js'
import type { Directory } from '../text/directory.ts'
import type { State } from '../types.ts'
import type { Deeds } from './app.ts'
import { Composer } from './composer.ts'
import { MessageList } from './message-list.ts'
import { channelMessages } from './places.ts'
import { StatusLine } from './status-line.ts'

interface ChannelProperties {
  state: State
  directory: Directory
  channel: string
  deeds: Deeds
  onHome: () => void
}

/** A channel or the direct messages with Docket. */
export function ChannelPane({ state, directory, channel, deeds, onHome }: ChannelProperties): VNode {
  const direct = channel === state.direct
  const known = state.channels.find((candidate) => candidate.id === channel)
  const messages = channelMessages(state, channel)
  const statuses = state.statuses.filter((status) => status.channel === channel)
  const end = useScrollToEnd(messages.at(-1)?.ts, statuses.length)
  return html`<main class="pane" aria-label=${direct ? 'Direct messages with Docket' : `Channel ${known?.name ?? channel}`}>
    <header class="pane-head">
      <h1>${direct ? 'Docket' : html`<span class="hash" aria-hidden="true">#</span>${known?.name}`}</h1>
      ${direct ? html`<div class="tabs" role="group" aria-label="Docket’s tabs"><button type="button" onClick=${onHome}>Home</button><button type="button" aria-current="page">Messages</button></div>` : html`<p>${known?.topic}</p>`}
    </header>
    <div class="scroll">
      ${messages.length === 0 && html`<${Empty} direct=${direct} name=${known?.name ?? ''} />`}
      <${MessageList} state=${state} directory=${directory} messages=${messages} deeds=${deeds} threads=${!direct} />
      ${direct && statuses.map((status) => html`<${StatusLine} key=${status.threadTs} status=${status} />`)}
      <div ref=${end}></div>
    </div>
    ${
      direct &&
      state.prompts &&
      messages.length === 0 &&
      html`<div class="prompts" role="group" aria-label=${state.prompts.title}>
        <p>${state.prompts.title}</p>
        ${state.prompts.prompts.map((prompt) => html`<button type="button" class="button" onClick=${() => void deeds.say(channel, prompt.message, null)}>${prompt.title}</button>`)}
      </div>`
    }
    <${Composer} state=${state} label=${direct ? 'Message Docket' : `Message #${known?.name ?? ''}`} commands=${state.commands}
      onSend=${(text: string) => deeds.say(channel, text, null)} />
  </main>`
}

function Empty({ direct, name }: { direct: boolean; name: string }): VNode {
  return direct
    ? html`<div class="empty"><h2>Ask Docket anything about your agents</h2><p>What they cost, what came of it, and what people corrected. Only you see what is said here.</p></div>`
    : html`<div class="empty"><h2>This is the beginning of #${name}</h2><p>Mention <strong>@Docket</strong> with a question, or type <code>/</code> to see its commands.</p></div>`
}

/** Keeps the newest in view as it arrives: its end, or its beginning where it is longer than the pane. */
export function useScrollToEnd(...triggers: unknown[]): { current: HTMLElement | null } {
  const end = useRef<HTMLElement | null>(null)
  useLayoutEffect(() => {
    const pane = end.current?.parentElement
    const newest = pane?.querySelector<HTMLElement>('.messages > .message:last-child')
    const isLong = pane && newest && newest.offsetHeight > pane.clientHeight - 60
    if (isLong) newest.scrollIntoView({ block: 'start' })
    else end.current?.scrollIntoView({ block: 'end' })
    return undefined
  }, triggers)
  return end
}
