import { expect, it } from 'vitest'
import { completeDecisions } from '../../src/domain/complete-decisions.ts'
import { at, buildSpan } from '../support/build-span.ts'

const named = { authority: 'docket', workflow: 'claims', workItemId: 'claim-1' } as const

it('gives the parts of a decision that stand on other spans to the choice around them, else to the last one', () => {
  const spans = [
    buildSpan({ spanId: 'first', decision: { choice: 'ask' } }),
    buildSpan({
      spanId: 'inside first',
      parentId: 'first',
      startedAt: at(1),
      context: { ...named, decisionParts: { rationale: 'the photo is missing' } },
    }),
    buildSpan({ spanId: 'last', startedAt: at(2), decision: { choice: 'deny', rules: ['HR-12'], confidence: 0.7 } }),
    buildSpan({
      spanId: 'elsewhere',
      startedAt: at(3),
      context: { ...named, decisionParts: { rationale: 'wear and tear', rules: ['HR-12', 'HR-3'] } },
    }),
  ]
  const decisions = completeDecisions(spans).map(({ decision }) => decision)
  expect(decisions[0]).toMatchObject({ choice: 'ask', rationale: 'the photo is missing', rules: [] })
  expect(decisions[2]).toMatchObject({ choice: 'deny', rationale: 'wear and tear', rules: ['HR-12', 'HR-3'] })
  expect([decisions[1], decisions[3], decisions[2]?.confidence]).toEqual([null, null, 0.7])
})

it('leaves what the span of the choice says itself, and parts without any choice', () => {
  const part = buildSpan({
    spanId: 'part',
    context: { ...named, decisionParts: { rationale: 'other', rules: ['X-1'] } },
  })
  const choice = buildSpan({ spanId: 'choice', startedAt: at(1), decision: { choice: 'deny', rationale: 'own' } })
  expect(completeDecisions([part, choice])[1]!.decision).toMatchObject({ rationale: 'own', rules: ['X-1'] })
  expect(completeDecisions([part])).toEqual([part])
})

it('comes to an end where spans are each other’s parents', () => {
  const circle = [
    buildSpan({ spanId: 'a', parentId: 'b', context: { ...named, decisionParts: { rationale: 'round' } } }),
    buildSpan({ spanId: 'b', parentId: 'a' }),
    buildSpan({ spanId: 'choice', startedAt: at(1), decision: { choice: 'deny' } }),
  ]
  expect(completeDecisions(circle)[2]!.decision?.rationale).toBe('round')
})
