import { expect, it } from 'vitest'
import type { Answer } from '../../src/domain/answer.ts'
import { validateMessage } from '../../src/playground/validation/validate-message.ts'
import { explainFurther } from '../../src/slack/blocks/explain-further.ts'

const period = { from: '2026-11-16', to: '2026-11-23' }
const answerWith = (count: number): Answer => ({
  text: 'x',
  plan: { analysis: 'explain_change', workflow: 'claims <b>', period },
  findings: Array.from({ length: count }, (_, index) => ({
    id: `f${index}`,
    kind: 'figure' as const,
    label: `${'A long label & more '.repeat(9)}${index}`,
    value: index === 0 ? null : -178.222524,
    unit: 'usd' as const,
    period,
    segment: { policyType: 'home '.repeat(40) },
    source: 'spend: <dollars> spent & counted',
  })),
  citations: [],
  blocks: [],
  narratedBy: 'template',
  followUps: [],
})

it.each([0, 1, 54, 300])('stays inside Slack’s limits with %i figures', (count) => {
  expect(() => validateMessage(explainFurther(answerWith(count), '2026-11-23'))).not.toThrow()
})

it('gives figures exactly, says what is unknown, and counts what is left out', () => {
  const text = JSON.stringify(explainFurther(answerWith(300), '2026-11-23'))
  expect(text).toContain('-$178.222524')
  expect(text).toContain('"unknown"')
  expect(text).toMatch(/\d+ more figures/)
})
