import { Blocks } from '../blocks/blocks.ts'
import { html, type VNode } from '../preact.js'
import type { Directory } from '../text/directory.ts'
import { Mrkdwn } from '../text/mrkdwn.ts'
import type { Message, State, Used } from '../types.ts'
import type { Deeds } from './app.ts'
import { Avatar } from './avatar.ts'
import { MessageMenu } from './message-menu.ts'

interface RowProperties {
  state: State
  directory: Directory
  message: Message
  deeds: Deeds
  grouped: boolean
  replies: Message[]
  indented: boolean
}

export function MessageRow({ state, directory, message, deeds, grouped, replies, indented }: RowProperties): VNode {
  const bot = message.user === state.bot.id
  const name = directory.nameOf(message.user)
  const at = new Date(Number(message.ts) * 1000)
  const time = at.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' })
  const { text, blocks, edited, files } = message.message
  const context = { directory, onUse: (used: Used) => deeds.click(message, used) }
  const classes = ['message', grouped && 'grouped', message.ephemeralTo && 'ephemeral', indented && 'indented']
    .filter(Boolean)
    .join(' ')
  return html`<li class=${classes} data-ts=${message.ts} data-from=${bot ? 'docket' : 'person'}>
    <div class="gutter">${grouped ? html`<time class="hover-time">${time}</time>` : html`<${Avatar} name=${name} bot=${bot} />`}</div>
    <div class="body">
      ${message.ephemeralTo && html`<p class="only-you">Only visible to you</p>`}
      ${!grouped && html`<p class="who"><strong>${name}</strong>${bot && html`<span class="badge">APP</span>`}<time dateTime=${at.toISOString()} title=${at.toLocaleString()}>${time}</time></p>`}
      ${blocks && blocks.length > 0 ? html`<${Blocks} blocks=${blocks} context=${context} />` : html`<div class="text"><${Mrkdwn} text=${text} directory=${directory} /></div>`}
      ${files?.map((file) => html`<figure class="file"><img src=${`/playground/files/${file.id}`} alt=${file.title} /></figure>`)}
      ${edited && html`<span class="edited">(edited)</span>`}
      ${replies.length > 0 && html`<button type="button" class="replies" onClick=${() => deeds.openThread(message)}>${replies.length === 1 ? '1 reply' : `${replies.length} replies`}</button>`}
    </div>
    ${
      message.ephemeralTo === null &&
      html`<${MessageMenu} shortcuts=${state.shortcuts} who=${name}
      onThread=${() => deeds.openThread(message)} onShortcut=${(callbackId: string) => deeds.shortcut(message, callbackId)} />`
    }
  </li>`
}
