/** The page's view of what `/playground/state` sends. Blocks are validated by the server, so their shape is trusted here. */
export interface Fields {
  [name: string]: unknown
}

export interface TextObject {
  type: 'plain_text' | 'mrkdwn'
  text: string
}

export interface Block extends Fields {
  type: string
  block_id: string
}

export interface Message {
  channel: string
  ts: string
  threadTs: string | null
  user: string
  ephemeralTo: string | null
  message: { text: string; blocks?: Block[]; edited?: boolean; files?: { id: string; title: string }[] }
}

export interface User {
  id: string
  name: string
  realName: string
  title: string
}

export interface Channel {
  id: string
  name: string
  topic: string
}

export interface ModalView {
  id: string
  view: {
    title: TextObject
    submit?: TextObject
    close?: TextObject
    blocks: Block[]
  }
}

export interface Status {
  channel: string
  threadTs: string
  status: string
  messages: string[]
}

export interface State {
  me: string
  bot: { id: string; name: string }
  users: User[]
  channels: Channel[]
  /** The channel of my direct messages with Docket. */
  direct: string
  messages: Message[]
  views: ModalView[]
  home: { blocks: Block[] } | null
  statuses: Status[]
  prompts: { title: string; prompts: { title: string; message: string }[] } | null
  commands: { command: string; description: string; usageHint: string }[]
  shortcuts: { callbackId: string; name: string }[]
  refusals: { method: string; error: string; messages: string[] }[]
}

/** What an element tells when it is used. */
export interface Used {
  blockId: string
  actionId: string
  value: string | null
}
