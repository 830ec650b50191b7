import { expect, it } from 'vitest'
import { parseCommand } from '../../src/slack/parse-command.ts'
import { mentionsSomebodyElse, plainQuestion } from '../../src/slack/plain-question.ts'

it.each([
  ['', { name: 'help' }],
  ['help', { name: 'help' }],
  ['ask why did claims cost spike?', { name: 'ask', question: 'why did claims cost spike?' }],
  ['why did claims cost spike?', { name: 'ask', question: 'why did claims cost spike?' }],
  ['Digest', { name: 'digest', week: '' }],
  ['digest 2026-11-09', { name: 'digest', week: '2026-11-09' }],
  ['digest the figures for me', { name: 'ask', question: 'digest the figures for me' }],
  ['rules HR-12', { name: 'rules', about: 'HR-12' }],
  ['rules that apply to hail?', { name: 'ask', question: 'rules that apply to hail?' }],
  ['find hail rider', { name: 'find', text: 'hail rider' }],
  ['find out why claims cost more', { name: 'ask', question: 'find out why claims cost more' }],
  ['workflow', { name: 'workflow', workflow: '' }],
  ['budget claims', { name: 'budget', workflow: 'claims' }],
  ['budget left for claims?', { name: 'ask', question: 'budget left for claims?' }],
  ['override claim-1 a -> b because c', { name: 'override', line: 'claim-1 a -> b because c' }],
  ['/override claim-1', { name: 'override', line: 'claim-1' }],
  ['price', { name: 'price', line: '' }],
  ['prices claims', { name: 'price', line: 'claims' }],
  ['price gpt-4.1 input 2 output 8', { name: 'price', line: 'gpt-4.1 input 2 output 8' }],
  ['price of claims in 2026', { name: 'ask', question: 'price of claims in 2026' }],
  ['help me understand retries', { name: 'ask', question: 'help me understand retries' }],
])('reads “%s”', (text, request) => {
  expect(parseCommand(text)).toEqual(request)
})

it('reads a message as its writer saw it', () => {
  const text = '<@U0DOCKET> why is <https://a.example/x?a=1&amp;b=2> &gt; <https://b.example|the page> in <#C1|claims>?'
  expect(plainQuestion(text, 'U0DOCKET')).toBe('why is https://a.example/x?a=1&b=2 > the page in #claims?')
  expect(mentionsSomebodyElse(text, 'U0DOCKET')).toBe(false)
  expect(mentionsSomebodyElse('<@U1> what do you think?', 'U0DOCKET')).toBe(true)
})
