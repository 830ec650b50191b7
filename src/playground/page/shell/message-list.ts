import { html, type VNode } from '../preact.js'
import type { Directory } from '../text/directory.ts'
import type { Message, State } from '../types.ts'
import type { Deeds } from './app.ts'
import { MessageRow } from './message-row.ts'

const GROUP_SECONDS = 300

interface ListProperties {
  state: State
  directory: Directory
  messages: Message[]
  deeds: Deeds
  /** True where replies are counted under a message instead of standing in line. */
  threads: boolean
}

/** Messages in order, with a line between days; a writer's name stands once over what they wrote in a row. */
export function MessageList({ state, directory, messages, deeds, threads }: ListProperties): VNode {
  return html`<ol class="messages">${messages.map((message, index) => {
    const before = messages[index - 1]
    const day = dayOf(message)
    const newDay = !before || dayOf(before) !== day
    const grouped =
      !newDay &&
      before.user === message.user &&
      before.ephemeralTo === message.ephemeralTo &&
      Number(message.ts) - Number(before.ts) < GROUP_SECONDS
    return html`${newDay && html`<li class="day" key=${`day-${day}`}><span>${day}</span></li>`}
      <${MessageRow} key=${message.ts} state=${state} directory=${directory} message=${message} deeds=${deeds} grouped=${grouped}
        replies=${threads ? state.messages.filter((reply) => reply.channel === message.channel && reply.threadTs === message.ts) : []}
        indented=${!threads && message.threadTs !== null && message.channel === state.direct} />`
  })}</ol>`
}

function dayOf(message: Message): string {
  const date = new Date(Number(message.ts) * 1000)
  const today = new Date().toDateString() === date.toDateString()
  return today ? 'Today' : date.toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
}
