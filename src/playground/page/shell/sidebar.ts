import { html, type VNode } from '../preact.js'
import type { State } from '../types.ts'
import { Avatar } from './avatar.ts'
import { HOME, type Place } from './places.ts'

interface SidebarProperties {
  state: State
  place: Place
  onGo: (place: Place) => void
  onSwitchUser: (user: string) => void
  isUnread: (channel: string) => boolean
}

/** Channels, direct messages, the app's Home, and who one is. */
export function Sidebar({ state, place, onGo, onSwitchUser, isUnread }: SidebarProperties): VNode {
  const entry = (target: Place, label: VNode, unread: boolean) => {
    const here =
      target.kind === place.kind && (target.kind === 'home' || (place.kind === 'channel' && place.id === target.id))
    return html`<li><button type="button" class=${`entry ${unread && !here ? 'unread' : ''}`} aria-current=${here ? 'page' : undefined} onClick=${() => onGo(target)}>
      ${label}${unread && !here && html`<span class="dot"><span class="hidden">unread</span></span>`}
    </button></li>`
  }
  const me = state.users.find((user) => user.id === state.me)!
  return html`<nav class="sidebar" aria-label="Workspace">
    <div class="workspace"><strong>Docket playground</strong><span>A local stand-in for Slack</span></div>
    <h2>Channels</h2>
    <ul>${state.channels.map((channel) =>
      entry(
        { kind: 'channel', id: channel.id },
        html`<span aria-hidden="true" class="hash">#</span>${channel.name}`,
        isUnread(channel.id),
      ),
    )}</ul>
    <h2>Direct messages</h2>
    <ul>${entry({ kind: 'channel', id: state.direct }, html`<${Avatar} name="Docket" bot=${true} small=${true} />Docket`, isUnread(state.direct))}</ul>
    <h2>App</h2>
    <ul>${entry(HOME, html`<span aria-hidden="true" class="hash">⌂</span>Home`, false)}</ul>
    <div class="me">
      <${Avatar} name=${me.realName} />
      <label for="user-switcher">You are</label>
      <select id="user-switcher" value=${state.me} onChange=${(event: { currentTarget: HTMLSelectElement }) => onSwitchUser(event.currentTarget.value)}>
        ${state.users.map((user) => html`<option value=${user.id}>${user.realName}</option>`)}
      </select>
    </div>
  </nav>`
}
