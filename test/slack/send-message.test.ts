import { WebClient } from '@slack/web-api'
import { expect, it } from 'vitest'
import { validateBlocks } from '../../src/playground/validation/validate-blocks.ts'
import { postMessage } from '../../src/slack/send-message.ts'
import { withoutNativeBlocks } from '../../src/slack/without-native-blocks.ts'

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const blocks = [
  { type: 'section', text: { type: 'mrkdwn', text: 'Claims cost *$14,210*.' } },
  {
    type: 'data_table',
    caption: 'By <segment>',
    rows: [
      [
        { type: 'raw_text', text: 'Segment' },
        { type: 'raw_text', text: 'Cost' },
      ],
      [
        { type: 'raw_text', text: 'home & contents' },
        { type: 'raw_number', value: 6.2, text: '$6.20' },
      ],
    ],
  },
  {
    type: 'data_visualization',
    title: 'Cost',
    chart: {
      type: 'line',
      axis_config: { categories: ['9 Nov', '16 Nov'] },
      series: [
        {
          name: 'claims',
          data: [
            { label: '9 Nov', value: 1 },
            { label: '16 Nov', value: 2 },
          ],
        },
      ],
    },
  },
]

it('says the same in blocks that every workspace takes', () => {
  const plain = withoutNativeBlocks(blocks)
  expect(validateBlocks(plain.blocks, 'message')).toEqual([])
  expect(plain.blocks.map((block) => block.type)).toEqual(['section', 'section'])
  expect(JSON.stringify(plain.blocks[1])).toContain('home &amp; contents  $6.20')
  expect(plain.charts).toEqual([
    {
      type: 'line',
      title: 'Cost',
      unit: 'none',
      labels: ['9 Nov', '16 Nov'],
      series: [{ name: 'claims', values: [1, 2] }],
    },
  ])
})

it('sends again without the native blocks, with the chart as a picture in the thread', async () => {
  const calls: { method: string; body: string }[] = []
  const client = new WebClient('xoxb-test', {
    retryConfig: { retries: 0 },
    fetch: async (input, init) => {
      const url = String(input)
      const method = url.slice(url.lastIndexOf('/') + 1)
      const body = typeof init?.body === 'string' ? init.body : ''
      calls.push({ method, body })
      if (method === 'upload') return new Response('OK')
      if (method === 'files.getUploadURLExternal')
        return Response.json({ ok: true, file_id: 'F1', upload_url: 'https://files.invalid/upload' })
      const refused = method === 'chat.postMessage' && body.includes('data_visualization')
      return Response.json(refused ? { ok: false, error: 'invalid_blocks' } : { ok: true, ts: '1.1' })
    },
  })
  expect(await postMessage(client, { channel: 'C1', text: 'Claims', blocks }, silent)).toBe('1.1')
  expect(calls.map((call) => call.method)).toEqual([
    'chat.postMessage',
    'chat.postMessage',
    'files.getUploadURLExternal',
    'upload',
    'files.completeUploadExternal',
  ])
  expect(new URLSearchParams(calls[4]!.body).get('thread_ts')).toBe('1.1')
})
