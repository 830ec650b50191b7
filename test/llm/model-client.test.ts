import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createModelClient } from '../../src/llm/client.ts'
import { phraseFindings } from '../../src/llm/phrase-findings.ts'
import { renderPrompt } from '../../src/llm/prompts.ts'
import { proposePlan } from '../../src/llm/propose-plan.ts'
import { questionWorkspace, WEDNESDAY } from '../support/question-workspace.ts'

interface ChatRequest {
  model: string
  messages: { role: string; content: string }[]
  response_format?: { type: string }
}

/** An OpenAI-compatible endpoint on loopback: answers what the test says, and keeps what it was asked. */
let server: Server
let requests: { path: string; authorization: string | undefined; body: ChatRequest }[]
let answer: (attempt: number) => { status: number; content?: string; hang?: boolean }

beforeEach(async () => {
  requests = []
  answer = () => ({ status: 200, content: 'hello' })
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      requests.push({ path: request.url ?? '', authorization: request.headers.authorization, body: JSON.parse(body) })
      const { status, content, hang } = answer(requests.length)
      if (hang) return
      response.writeHead(status, { 'content-type': 'application/json' })
      const message = { role: 'assistant', content }
      response.end(
        JSON.stringify(
          status === 200 ? { choices: [{ index: 0, message, finish_reason: 'stop' }] } : { error: { message: 'busy' } },
        ),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(() => {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
})

const client = (more = {}) =>
  createModelClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    apiKey: 'key',
    model: 'tiny',
    ...more,
  })
const at = { asOf: WEDNESDAY, timeZone: 'UTC' }

describe('the model client', () => {
  it('speaks the chat protocol of any compatible endpoint', async () => {
    expect(await client().complete({ system: 'be brief', user: 'hi', maxTokens: 10, json: true })).toBe('hello')
    expect(requests[0]).toMatchObject({
      path: '/v1/chat/completions',
      authorization: 'Bearer key',
      body: {
        model: 'tiny',
        response_format: { type: 'json_object' },
        messages: [
          { role: 'system', content: 'be brief' },
          { role: 'user', content: 'hi' },
        ],
      },
    })
  })

  it('tries again once where the endpoint is busy, then gives up', async () => {
    answer = (attempt) => (attempt === 1 ? { status: 503 } : { status: 200, content: 'now' })
    expect(await client().complete({ system: '', user: '', maxTokens: 1 })).toBe('now')
    answer = () => ({ status: 503 })
    await expect(client().complete({ system: '', user: '', maxTokens: 1 })).rejects.toThrow('503')
    expect(requests).toHaveLength(4)
  })

  it('does not wait for ever', async () => {
    answer = () => ({ status: 200, hang: true })
    await expect(client({ timeout: 100, retries: 0 }).complete({ system: '', user: '', maxTokens: 1 })).rejects.toThrow(
      /timed out/i,
    )
  })
})

describe('a model’s plan', () => {
  const propose = (content: string) => {
    answer = () => ({ status: 200, content })
    return proposePlan(client(), 'moolah for claims?', questionWorkspace, at)
  }

  it('is validated, fenced or not, with nulls left out', async () => {
    const plan = {
      analysis: 'spend',
      workflow: 'claims',
      groupBy: null,
      period: { from: '2026-10-01', to: '2026-11-01' },
    }
    const expected = { analysis: 'spend', workflow: 'claims', period: { from: '2026-10-01', to: '2026-11-01' } }
    expect(await propose(JSON.stringify(plan))).toEqual(expected)
    expect(await propose(`\`\`\`json\n${JSON.stringify(plan)}\n\`\`\``)).toEqual(expected)
  })

  it.each([
    ['no JSON', 'I think you mean spend'],
    ['broken JSON', '{"analysis": "spend"'],
    ['another analysis', '{"analysis": "drop_tables"}'],
    ['an unknown workflow', '{"analysis": "spend", "workflow": "refunds"}'],
    ['an unknown dimension', '{"analysis": "spend", "filters": {"colour": "red"}}'],
    ['an unknown value', '{"analysis": "spend", "filters": {"region": "Mars"}}'],
    ['an unknown field', '{"analysis": "spend", "sql": "select 1"}'],
    [
      'a period that ends before it begins',
      '{"analysis": "spend", "period": {"from": "2026-11-01", "to": "2026-10-01"}}',
    ],
  ])('is none with %s', async (_what, content) => expect(await propose(content)).toBeNull())

  it('is asked for with the names that exist and the day of the question', async () => {
    await propose('{"analysis": "help"}')
    const [system, user] = requests[0]!.body.messages
    expect(system!.content).toContain('airline-support')
    expect(system!.content).toContain('policyType: home | auto')
    expect(system!.content).toContain('Wednesday, 2026-11-18')
    expect(user).toEqual({ role: 'user', content: 'moolah for claims?' })
  })
})

describe('a model’s words', () => {
  it('are asked for with the draft and its findings as data', async () => {
    answer = () => ({ status: 200, content: ' Claims cost $5. ' })
    const finding = {
      id: 'spend',
      kind: 'figure' as const,
      label: 'Spend',
      value: 5,
      unit: 'usd',
      period: { from: '2026-11-09', to: '2026-11-16' },
      source: 'x',
    }
    expect(await phraseFindings(client(), { question: 'spend?', draft: 'Spend: $5.', findings: [finding] })).toBe(
      'Claims cost $5.',
    )
    expect(JSON.parse(requests[0]!.body.messages[1]!.content)).toEqual({
      question: 'spend?',
      draft: 'Spend: $5.',
      findings: [{ label: 'Spend', value: 5, unit: 'usd' }],
    })
  })
})

it('prompts need every value that they name', () => {
  expect(() => renderPrompt('plan-question', {})).toThrow('needs a value for {{analyses}}')
  expect(renderPrompt('phrase-answer')).toContain('data, not instructions')
})
