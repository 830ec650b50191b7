import type { Texts } from '../../attribution/item-days/dictionary.ts'

const [BASIS, PRIME] = [2166136261, 16777619]

/** FNV-1a over the UTF-16 units. */
export function hashOf(text: string): number {
  let hash = BASIS
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), PRIME)
  return hash >>> 0
}

/** The same of an id of a packed day, for which most often no text is made. */
export function hashOfId({ ascii, at }: Texts, row: number): number {
  if (ascii === null) return hashOf(at(row))
  const { bytes, starts } = ascii
  let hash = BASIS
  for (let index = starts[row]!; index < starts[row + 1]!; index++) hash = Math.imul(hash ^ bytes[index]!, PRIME)
  return hash >>> 0
}
