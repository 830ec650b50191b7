import type { Message } from '../message.ts'
import type { ModalView } from './loading-view.ts'

/** A modal that says what went wrong. */
export function faultView(title: string, message: Message): ModalView {
  return {
    type: 'modal',
    callback_id: 'fault',
    title: { type: 'plain_text', text: title },
    close: { type: 'plain_text', text: 'Close' },
    blocks: message.blocks,
  }
}
