import { EventEmitter } from 'node:events'
import type { Db } from '../store/client.ts'
import type { InteractionContext } from './interactions/context.ts'
import { createMessageStore } from './message-store.ts'
import { createPlaygroundReceiver, type PlaygroundReceiver } from './receiver.ts'
import { createSession } from './session.ts'
import { createWebApi, type Refusal } from './web-api/create-web-api.ts'
import { BOT } from './workspace.ts'

export interface Playground {
  /** Both go to `createSlackApp`: `{kind: 'receiver', receiver, fetch, identity}`. */
  receiver: PlaygroundReceiver
  fetch: typeof fetch
  identity: { botToken: string; botId: string; botUserId: string }
  context: InteractionContext
  /** Emits `change` whenever an open page has something new to show. */
  changes: EventEmitter
  /** What the stand-in refused lately, newest last. */
  refusals: Refusal[]
}

const KEPT_REFUSALS = 20

/** Slack's stand-in: a receiver and a Web API for Bolt, and the state that the page shows. No network is used. */
export function createPlayground(options: {
  db: Db
  clock: () => Date
  onFault: (error: unknown) => void
}): Playground {
  const changes = new EventEmitter().setMaxListeners(0)
  const onChange = () => void changes.emit('change')
  const refusals: Refusal[] = []
  const receiver = createPlaygroundReceiver(options.onFault)
  const context: InteractionContext = {
    store: createMessageStore(options.db, options.clock, onChange),
    session: createSession(),
    clock: options.clock,
    onChange,
    receiver,
  }
  const refuse = (refusal: Refusal) => {
    refusals.push(refusal)
    refusals.splice(0, refusals.length - KEPT_REFUSALS)
    onChange()
  }
  return {
    receiver,
    fetch: createWebApi(context, refuse),
    identity: { botToken: BOT.token, botId: BOT.botId, botUserId: BOT.userId },
    context,
    changes,
    refusals,
  }
}
