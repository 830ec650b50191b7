import { WebClient } from '@slack/web-api'
import { expect, it } from 'vitest'
import { loadRecorder } from '../../src/slack/load-person.ts'

const clientThatKnows = (user: object) =>
  new WebClient('xoxb-test', { retryConfig: { retries: 0 }, fetch: async () => Response.json({ ok: true, user }) })

it('lets full members record, under their own name', async () => {
  const person = await loadRecorder(clientThatKnows({ real_name: 'Dana Okafor', profile: { display_name: '' } }), 'U1')
  expect(person).toEqual({ id: 'U1', name: 'Dana Okafor', handle: 'U1', isAdmin: false, mayRecord: true })
})

it.each(['is_restricted', 'is_ultra_restricted', 'is_bot', 'deleted'])('refuses whoever %s', async (flag) => {
  await expect(loadRecorder(clientThatKnows({ name: 'x', [flag]: true }), 'U1')).rejects.toThrow('Nothing was recorded')
})
