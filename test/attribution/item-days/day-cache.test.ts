import { describe, expect, it } from 'vitest'
import { createDayCache } from '../../../src/attribution/item-days/day-cache.ts'

const sized = (bytes: number) => ({ bytes })

describe('createDayCache', () => {
  it('drops what was not used for longest, and holds no more than its bytes', () => {
    const cache = createDayCache(100)
    const first = cache.begin()
    cache.set('a', sized(40), first)
    cache.set('b', sized(40), first)
    const second = cache.begin()
    expect(cache.get('a', second)).toEqual(sized(40))
    cache.set('c', sized(40), second)
    expect(cache.bytes).toBe(80)
    expect(cache.get('b', second)).toBeUndefined()
    expect(cache.get('a', second)).toBeDefined()
    expect(cache.get('c', second)).toBeDefined()
  })

  it('keeps what a question has used that asks for more than fits', () => {
    const cache = createDayCache(100)
    const keys = Array.from({ length: 6 }, (_, index) => `day ${index}`)
    for (let question = 0; question < 2; question++) {
      const turn = cache.begin()
      const known = keys.filter((key) => cache.get(key, turn))
      for (const key of keys) if (!known.includes(key)) cache.set(key, sized(30), turn)
      expect(known.length).toBe(question === 0 ? 0 : 3)
      expect(cache.bytes).toBe(90)
    }
  })

  it('takes a key again in place of what it held', () => {
    const cache = createDayCache(100)
    const turn = cache.begin()
    cache.set('a', sized(60), turn)
    cache.set('a', sized(90), turn)
    expect(cache.bytes).toBe(90)
  })
})
