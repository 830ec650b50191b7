import type { WebClient } from '@slack/web-api'
import { loadingView, type ModalView } from './blocks/loading-view.ts'

/** Opens a modal before its trigger expires, then fills it in. A failure closes into words, not into a stuck "Loading…". */
export async function openForm(
  client: WebClient,
  triggerId: string,
  title: string,
  build: () => Promise<ModalView>,
  onFault: (error: unknown) => ModalView,
): Promise<void> {
  type View = Parameters<WebClient['views']['open']>[0]['view']
  const opened = await client.views.open({ trigger_id: triggerId, view: loadingView(title) as View })
  let view: ModalView
  try {
    view = await build()
  } catch (error) {
    view = onFault(error)
  }
  await client.views.update({ view_id: opened.view?.id, view: view as View } as Parameters<
    WebClient['views']['update']
  >[0])
}
