import { describe, expect, it } from 'vitest'
import { shareLookups } from '../../src/http/share-lookups.ts'

/** A lookup whose answers are given by hand, in the order in which they were asked for. */
function heldLookups() {
  const asked: { key: string; answer: (found: string) => void; fail: (error: Error) => void }[] = []
  const find = (key: string) =>
    new Promise<string>((answer, fail) => {
      asked.push({ key, answer, fail })
    })
  return { asked, find: shareLookups(find) }
}

const settle = () => new Promise((done) => setImmediate(done))

describe('lookups of the same key at the same time', () => {
  it('are one for all who ask while another is under way, begun after they asked', async () => {
    const { asked, find } = heldLookups()
    const first = find('a')
    const later = [find('a'), find('a'), find('a')]
    expect(asked).toHaveLength(1)
    asked[0]!.answer('before')
    expect(await first).toBe('before')
    await settle()
    expect(asked).toHaveLength(2)
    asked[1]!.answer('after')
    expect(await Promise.all(later)).toEqual(['after', 'after', 'after'])
  })

  it('are apart for different keys', async () => {
    const { asked, find } = heldLookups()
    const both = [find('a'), find('b')]
    expect(asked.map(({ key }) => key)).toEqual(['a', 'b'])
    asked[1]!.answer('of b')
    asked[0]!.answer('of a')
    expect(await Promise.all(both)).toEqual(['of a', 'of b'])
  })

  it('fail for those who shared it, and for nobody after', async () => {
    const { asked, find } = heldLookups()
    const first = find('a')
    const second = find('a')
    asked[0]!.fail(new Error('connection lost'))
    await expect(first).rejects.toThrow('connection lost')
    await settle()
    asked[1]!.answer('found')
    expect(await second).toBe('found')
    const third = find('a')
    await settle()
    asked[2]!.answer('found again')
    expect(await third).toBe('found again')
    expect(asked).toHaveLength(3)
  })
})
