import type { Message, State } from '../types.ts'

/** Where a person is: a channel, their direct messages, or the app's Home tab. */
export type Place = { kind: 'channel'; id: string } | { kind: 'home' }

export const HOME: Place = { kind: 'home' }

/** Messages that stand in the channel itself, replies apart. Direct messages show their threads in line. */
export function channelMessages(state: State, channel: string): Message[] {
  return state.messages.filter(
    (message) => message.channel === channel && (message.threadTs === null || channel === state.direct),
  )
}

export function threadMessages(state: State, channel: string, root: string): Message[] {
  return state.messages.filter(
    (message) => message.channel === channel && (message.ts === root || message.threadTs === root),
  )
}

const READ_KEY = 'docket-playground-read'

/** The newest ts that each person has seen in each channel. */
export type ReadMarks = Record<string, string>

export function loadReadMarks(): ReadMarks {
  try {
    return JSON.parse(localStorage.getItem(READ_KEY) ?? '{}') as ReadMarks
  } catch {
    return {}
  }
}

export function markRead(marks: ReadMarks, state: State, channel: string): ReadMarks {
  const newest = state.messages.filter((message) => message.channel === channel).at(-1)?.ts ?? ''
  const key = `${state.me}:${channel}`
  if ((marks[key] ?? '') >= newest) return marks
  const next = { ...marks, [key]: newest }
  localStorage.setItem(READ_KEY, JSON.stringify(next))
  return next
}

export function isUnread(marks: ReadMarks, state: State, channel: string): boolean {
  const seen = marks[`${state.me}:${channel}`] ?? ''
  return state.messages.some((message) => message.channel === channel && message.user !== state.me && message.ts > seen)
}
