import { Problem } from '../domain/problem.ts'

/** One member of a request: its value, or why it could not be read. */
export type Member = { index: number; value: unknown } | { index: number; unreadable: string }
export type Members = readonly Member[]

/**
 * Members of a body: one object, an array, or NDJSON, whatever JSON content type it came under. A line that is not JSON
 * is a member that failed. Throws a Problem where nothing could be read.
 */
export function readMembers(body: string): Members {
  const text = body.charCodeAt(0) === 0xfeff ? body.slice(1) : body
  if (text.trim() === '') throw unreadable('The body is empty.')
  const whole = parse(text)
  if ('value' in whole) {
    if (Array.isArray(whole.value)) return whole.value.map((value, index) => ({ index, value }))
    if (whole.value !== null && typeof whole.value === 'object') return [{ index: 0, value: whole.value }]
    throw unreadable('The body is JSON, but neither an object nor an array.')
  }
  const members = readLines(text)
  if (members.length < 2 || !members.some((member) => 'value' in member && isObject(member.value))) {
    throw unreadable(`The body is not JSON: ${whole.unreadable}.`)
  }
  return members
}

/** Members from values that are already parsed. */
export function membersOf(values: readonly unknown[]): Members {
  return values.map((value, index) => ({ index, value }))
}

function readLines(text: string): Member[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const parsed = parse(line)
      return 'value' in parsed
        ? { index, value: parsed.value }
        : { index, unreadable: `not JSON: ${parsed.unreadable}` }
    })
}

function parse(text: string): { value: unknown } | { unreadable: string } {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    return { unreadable: (error as Error).message }
  }
}

const isObject = (value: unknown) => value !== null && typeof value === 'object'

function unreadable(message: string): Problem {
  return new Problem('unreadable_body', message, { nextStep: 'Send one JSON object, an array of them, or one a line.' })
}
