import type { Block } from '../../domain/answer.ts'

interface PlainText {
  type: 'plain_text'
  text: string
}

export interface ModalView {
  type: 'modal'
  callback_id: string
  title: PlainText
  submit?: PlainText
  close?: PlainText
  private_metadata?: string
  blocks: Block[]
}

/** Opened at once, because a trigger expires within seconds; the real form takes its place. */
export function loadingView(title: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'loading',
    title: { type: 'plain_text', text: title },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [{ type: 'section', text: { type: 'plain_text', text: 'Loading…' } }],
  }
}
