import { expect, it } from 'vitest'
import type { Digest } from '../../src/digest/compose-digest.ts'
import { deliverDigest } from '../../src/digest/deliver-digest.ts'
import { Problem } from '../../src/domain/problem.ts'
import { describeWithDatabase } from '../support/database.ts'

const week = '2026-11-09'
const digest: Digest = { week, text: 'Week of 9 Nov.', findings: [], blocks: [], citations: [] }
const at = (time: string) => () => new Date(`2026-11-16T${time}Z`)

describeWithDatabase('deliverDigest', (database) => {
  const posts: string[] = []
  const deliver = (
    clock: () => Date,
    post = async (): Promise<string | null> => `ts-${posts.push('x')}`,
    channel = 'C1',
  ) => deliverDigest(database().db, { week, channel, clock, compose: async () => digest, post })

  it('posts once, however many try at once', async () => {
    posts.length = 0
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => deliver(at('09:00:00'))))
    expect(posts).toHaveLength(1)
    expect(outcomes.filter((one) => one.outcome === 'posted')).toHaveLength(1)
    expect(await deliver(at('09:05:00'))).toMatchObject({ outcome: 'already_posted', messageTs: 'ts-1' })
    expect(await deliver(at('23:00:00'))).toMatchObject({ outcome: 'already_posted' })
    expect(posts).toHaveLength(1)
  })

  it('posts once a channel', async () => {
    posts.length = 0
    await deliver(at('09:00:00'))
    await deliver(at('09:00:00'), undefined, 'C2')
    expect(posts).toHaveLength(2)
  })

  it('takes over from a process that died, but not before ten minutes', async () => {
    posts.length = 0
    await expect(deliver(at('09:00:00'), () => Promise.reject(new Error('connection lost')))).rejects.toThrow(
      'connection lost',
    )
    expect(await deliver(at('09:09:00'))).toMatchObject({ outcome: 'elsewhere', messageTs: null })
    expect(await deliver(at('09:10:01'))).toMatchObject({ outcome: 'posted' })
    expect(posts).toHaveLength(1)
  })

  it('may try again at once where Slack refused clearly', async () => {
    posts.length = 0
    const refused = () => Promise.reject(new Problem('channel_not_found', 'There is no such channel.'))
    await expect(deliver(at('09:00:00'), refused)).rejects.toThrow('no such channel')
    expect(await deliver(at('09:00:01'))).toMatchObject({ outcome: 'posted' })
  })

  it('does not post again where Slack did not say where it posted', async () => {
    expect(await deliver(at('09:00:00'), async () => null)).toMatchObject({ outcome: 'posted' })
    expect(await deliver(at('10:00:00'))).toMatchObject({ outcome: 'already_posted' })
  })
})
