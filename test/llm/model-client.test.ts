import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createModelClient } from '../../src/llm/client.ts'
import { phraseFindings } from '../../src/llm/phrase-findings.ts'
import { renderPrompt } from '../../src/llm/prompts.ts'
import { proposePlan } from '../../src/llm/propose-plan.ts'
import { type ChatEndpoint, startChatEndpoint } from '../support/chat-endpoint.ts'
import { questionWorkspace, WEDNESDAY } from '../support/question-workspace.ts'

let endpoint: ChatEndpoint
beforeEach(async () => {
  endpoint = await startChatEndpoint()
})
afterEach(() => endpoint.close())

const client = (more = {}) => createModelClient({ baseUrl: endpoint.url, apiKey: 'key', model: 'tiny', ...more })
const at = { asOf: WEDNESDAY, timeZone: 'UTC' }

describe('the model client', () => {
  it('speaks the chat protocol of any compatible endpoint', async () => {
    expect(await client().complete({ system: 'be brief', user: 'hi', maxTokens: 10, json: true })).toBe('hello')
    expect(endpoint.requests[0]).toMatchObject({
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
    endpoint.answer = (attempt) => (attempt === 1 ? { status: 503 } : { status: 200, content: 'now' })
    expect(await client().complete({ system: '', user: '', maxTokens: 1 })).toBe('now')
    endpoint.answer = () => ({ status: 503 })
    await expect(client().complete({ system: '', user: '', maxTokens: 1 })).rejects.toThrow('503')
    expect(endpoint.requests).toHaveLength(4)
  })

  it('does not wait for ever', async () => {
    endpoint.answer = () => ({ status: 200, hang: true })
    await expect(client({ timeout: 100, retries: 0 }).complete({ system: '', user: '', maxTokens: 1 })).rejects.toThrow(
      /timed out/i,
    )
  })
})

describe('a model’s plan', () => {
  const propose = (content: string) => {
    endpoint.answer = () => ({ status: 200, content })
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
    const [system, user] = endpoint.requests[0]!.body.messages
    expect(system!.content).toContain('airline-support')
    expect(system!.content).toContain('policyType: home | auto')
    expect(system!.content).toContain('Wednesday, 2026-11-18')
    expect(user).toEqual({ role: 'user', content: 'moolah for claims?' })
  })
})

describe('a model’s words', () => {
  it('are asked for with the draft and its findings as data', async () => {
    endpoint.answer = () => ({ status: 200, content: ' Claims cost $5. ' })
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
    expect(JSON.parse(endpoint.requests[0]!.body.messages[1]!.content)).toEqual({
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
