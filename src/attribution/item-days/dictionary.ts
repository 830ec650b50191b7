import { isAscii } from 'node:buffer'
import { type Numbers, packNumbers } from './numbers.ts'

/** Codes values in order of first appearance, from 1; 0 is null. Objects are told apart by their JSON. */
export function createDictionary<Value>() {
  const codes = new Map<unknown, number>()
  const list: Value[] = []
  const coded: number[] = []
  return {
    list,
    add(value: Value | null | undefined): void {
      if (value === null || value === undefined) {
        coded.push(0)
        return
      }
      const key = typeof value === 'object' ? JSON.stringify(value) : value
      let code = codes.get(key)
      if (code === undefined) {
        code = list.push(value)
        codes.set(key, code)
      }
      coded.push(code)
    },
    codes: (): Numbers => packNumbers(coded),
  }
}

/** Texts that differ from row to row, one after the other. */
export function packTexts(texts: readonly string[]): { bytes: Uint8Array; lengths: Numbers } {
  const parts = texts.map((text) => Buffer.from(text))
  return { bytes: new Uint8Array(Buffer.concat(parts)), lengths: packNumbers(parts.map((part) => part.length)) }
}

export interface Texts {
  at(index: number): string
  /** Null where some are not ASCII, and their bytes not in the order of their characters. */
  ascii: { bytes: Uint8Array; starts: Numbers } | null
}

export function readTexts(bytes: Numbers, starts: Numbers): Texts {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // Most ids are ASCII: those need not be looked at for characters of several bytes.
  if (isAscii(buffer)) {
    const at = (index: number) => buffer.toString('latin1', starts[index]!, starts[index + 1]!)
    return { at, ascii: { bytes: buffer, starts } }
  }
  return { at: (index) => buffer.toString('utf8', starts[index]!, starts[index + 1]!), ascii: null }
}
