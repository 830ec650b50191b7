import { call } from '../call.ts'
import { html, useEffect, useMemo, useState, type VNode } from '../preact.js'
import { directoryOf } from '../text/directory.ts'
import type { Message, State, Used } from '../types.ts'
import { usePlayground } from '../use-playground.ts'
import { ChannelPane } from './channel-pane.ts'
import { HomePane } from './home-pane.ts'
import { Modal } from './modal.ts'
import { Notices } from './notices.ts'
import { isUnread, loadReadMarks, markRead, type Place } from './places.ts'
import { Sidebar } from './sidebar.ts'
import { ThreadPane } from './thread-pane.ts'

const USER_KEY = 'docket-playground-user'
const FIRST_CHANNEL = 'C0DIGEST'

/** What people can do, wherever they are. Every one of them is a call to the server. */
export interface Deeds {
  say(channel: string, text: string, threadTs: string | null): Promise<void>
  click(message: Message, used: Used): void
  shortcut(message: Message, callbackId: string): void
  openThread(message: Message): void
}

export function App(): VNode {
  const [user, setUser] = useState<string | null>(() => localStorage.getItem(USER_KEY))
  const [place, setPlace] = useState<Place>({ kind: 'channel', id: FIRST_CHANNEL })
  const [thread, setThread] = useState<{ channel: string; ts: string } | null>(null)
  const [marks, setMarks] = useState(loadReadMarks)
  const [fault, setFault] = useState<string | null>(null)
  const { state, offline } = usePlayground(user)

  const channel = place.kind === 'channel' ? place.id : null
  useEffect(() => {
    if (state && channel && document.visibilityState === 'visible') setMarks((now) => markRead(now, state, channel))
    return undefined
  }, [state, channel])

  const attempt = (doing: Promise<unknown>) =>
    void doing.then(() => setFault(null)).catch((error: Error) => setFault(error.message))
  const go = (next: Place, me: string) => {
    setPlace(next)
    setThread(null)
    if (next.kind === 'home') attempt(call('open-app', { user: me, tab: 'home' }))
    else if (next.id.startsWith('D')) attempt(call('open-app', { user: me, tab: 'messages' }))
  }
  const switchUser = (next: string) => {
    localStorage.setItem(USER_KEY, next)
    setUser(next)
    // Another person's direct messages are not theirs to see.
    if (place.kind === 'home' || place.id.startsWith('D')) setPlace({ kind: 'channel', id: FIRST_CHANNEL })
    setThread(null)
  }
  const deeds = useMemo(() => (state ? deedsOf(state, attempt, setThread) : null), [state])
  const directory = useMemo(() => (state ? directoryOf(state) : null), [state])
  if (!state || !deeds || !directory)
    return html`<p class="starting">${offline ? 'The server does not answer. Trying again…' : 'Opening the playground…'}</p>`

  const view = state.views.at(-1)
  return html`<div class=${`shell ${thread ? 'with-thread' : ''}`}>
    <${Sidebar} state=${state} place=${place} onGo=${(next: Place) => go(next, state.me)} onSwitchUser=${switchUser}
      isUnread=${(id: string) => isUnread(marks, state, id)} />
    ${
      place.kind === 'home'
        ? html`<${HomePane} state=${state} directory=${directory} onMessages=${() => go({ kind: 'channel', id: state.direct }, state.me)}
            onUse=${(used: Used) => attempt(call('click-home', { user: state.me, ...used }))} />`
        : html`<${ChannelPane} key=${place.id} state=${state} directory=${directory} channel=${place.id} deeds=${deeds}
            onHome=${() => go({ kind: 'home' }, state.me)} />`
    }
    ${thread && html`<${ThreadPane} key=${thread.ts} state=${state} directory=${directory} thread=${thread} deeds=${deeds} onClose=${() => setThread(null)} />`}
    ${view && html`<${Modal} key=${view.id} view=${view} user=${state.me} directory=${directory} />`}
    <${Notices} fault=${fault} offline=${offline} refusals=${state.refusals} onDismiss=${() => setFault(null)} />
  </div>`
}

function deedsOf(
  state: State,
  attempt: (doing: Promise<unknown>) => void,
  setThread: (thread: { channel: string; ts: string }) => void,
): Deeds {
  const user = state.me
  return {
    say: async (channel, text, threadTs) => {
      const ts = await call<string | null>('say', { user, channel, text, threadTs })
      // The answer to a mention stands in its thread: open it, so that it is seen.
      if (ts && !threadTs && channel !== state.direct && /@docket\b/i.test(text)) setThread({ channel, ts })
    },
    click: (message, used) => attempt(call('click', { user, channel: message.channel, ts: message.ts, ...used })),
    shortcut: (message, callbackId) =>
      attempt(call('shortcut', { user, callbackId, channel: message.channel, ts: message.ts })),
    openThread: (message) => setThread({ channel: message.channel, ts: message.threadTs ?? message.ts }),
  }
}
