/** One value of a file: its text, or what was found where a value should be. Positions count from 0. */
export type JsonText = { index: number; text: string } | { index: number; unreadable: string }

/** A single value longer than this is refused: it would not be a transcript. */
const LONGEST_VALUE = 64 * 1024 * 1024

/**
 * Cuts a stream of JSON into its objects, whether they stand in one array, one a line, or one after the other, in memory
 * that depends on the largest object alone. Text between objects that is neither is reported, one report a line.
 */
export async function* readJsonValues(chunks: AsyncIterable<string>): AsyncGenerator<JsonText> {
  let index = 0
  let depth = 0
  let inString = false
  let escaped = false
  let parts: string[] = []
  let length = 0
  let stray = ''
  const takeStray = function* (): Generator<JsonText> {
    const text = stray.trim()
    stray = ''
    if (text !== '') yield { index: index++, unreadable: `expected an object, found: ${text.slice(0, 80)}` }
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let position = 0; position < chunk.length; position++) {
      const character = chunk.charCodeAt(position)
      if (depth === 0) {
        if (character === OPEN) {
          yield* takeStray()
          from = position
          depth = 1
        } else if (character === NEWLINE) yield* takeStray()
        else if ((stray !== '' || !SEPARATORS.has(character)) && stray.length < 200) stray += chunk[position]
      } else if (inString) {
        if (escaped) escaped = false
        else if (character === BACKSLASH) escaped = true
        else if (character === QUOTE) inString = false
      } else if (character === QUOTE) inString = true
      else if (character === OPEN) depth += 1
      else if (character === CLOSE && --depth === 0) {
        parts.push(chunk.slice(from, position + 1))
        yield length > LONGEST_VALUE
          ? { index: index++, unreadable: `an object of over ${LONGEST_VALUE} characters` }
          : { index: index++, text: parts.join('') }
        parts = []
        length = 0
      }
    }
    if (depth > 0) {
      length += chunk.length - from
      if (length <= LONGEST_VALUE) parts.push(chunk.slice(from))
      else parts = []
    }
  }
  yield* takeStray()
  if (depth > 0) yield { index, unreadable: 'the file ends inside an object' }
}

const OPEN = '{'.charCodeAt(0)
const CLOSE = '}'.charCodeAt(0)
const QUOTE = '"'.charCodeAt(0)
const BACKSLASH = '\\'.charCodeAt(0)
const NEWLINE = '\n'.charCodeAt(0)
/** Between objects: spaces, the array's own marks, a byte-order mark. */
const SEPARATORS: ReadonlySet<number> = new Set([...' \t\r,[]\uFEFF'].map((mark) => mark.charCodeAt(0)))
