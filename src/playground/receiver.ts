import type { App, Receiver, ReceiverEvent } from '@slack/bolt'

/** What an app answered when it acknowledged; `timedOut` where it did not within Slack's three seconds. */
export interface Acknowledgement {
  timedOut: boolean
  response: unknown
}

export interface PlaygroundReceiver extends Receiver {
  /** Hands a payload to the app and waits for its acknowledgement, not for its work. */
  deliver(body: Record<string, unknown>): Promise<Acknowledgement>
}

const ACKNOWLEDGE_MILLISECONDS = 3000

/** A Bolt receiver that is fed by the playground's page. `onFault` hears of what no listener caught. */
export function createPlaygroundReceiver(onFault: (error: unknown) => void): PlaygroundReceiver {
  let app: App | null = null
  return {
    init: (created) => {
      app = created
    },
    start: async () => {},
    stop: async () => {},
    deliver: (body) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve({ timedOut: true, response: undefined }), ACKNOWLEDGE_MILLISECONDS)
        const event: ReceiverEvent = {
          body,
          ack: async (response: unknown) => {
            clearTimeout(timer)
            resolve({ timedOut: false, response })
          },
        }
        app?.processEvent(event).catch(onFault)
      }),
  }
}
