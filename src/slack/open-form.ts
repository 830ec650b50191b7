import type { WebClient } from '@slack/web-api'
import { faultView } from './blocks/fault-view.ts'
import { loadingView, type ModalView } from './blocks/loading-view.ts'
import type { SlackLog } from './dependencies.ts'
import { faultMessage } from './fault-message.ts'

export interface FormToOpen {
  title: string
  build: () => Promise<ModalView>
  /** What is being done, for the words that say that it failed. */
  doing?: string
}

/** Opens a modal before its trigger expires, then fills it in. A failure closes into words, not into a stuck "Loading…". */
export async function openForm(
  client: WebClient,
  triggerId: string,
  { title, build, doing = 'open the form' }: FormToOpen,
  log: SlackLog,
): Promise<void> {
  type View = Parameters<WebClient['views']['open']>[0]['view']
  const opened = await client.views.open({ trigger_id: triggerId, view: loadingView(title) as View })
  let view: ModalView
  try {
    view = await build()
  } catch (error) {
    view = faultView(title, faultMessage(error, doing, log))
  }
  await client.views.update({ view_id: opened.view?.id, view: view as View } as Parameters<
    WebClient['views']['update']
  >[0])
}
