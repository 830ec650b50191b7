import { expect, it } from 'vitest'
import { policyFor } from '../../src/allocation/policy-for.ts'
import type { AllocationDecision } from '../../src/domain/allocation-decision.ts'

const decision = (id: string, changes: Partial<AllocationDecision>): AllocationDecision => ({
  id,
  workflow: 'claims',
  segment: {},
  action: 'cap_attempts',
  parameters: {},
  title: id,
  expectedMonthlyMicros: null,
  interval: null,
  evidence: [],
  status: 'approved',
  decidedBy: 'dana',
  decidedAt: new Date('2026-11-01T00:00:00Z'),
  proposedAt: new Date('2026-11-01T00:00:00Z'),
  ...changes,
})
const ask = (attributes: Record<string, string>, decisions: AllocationDecision[]) =>
  policyFor({ workflow: 'claims', attributes, decisions, remainingBudget: null })

it('says nothing where nothing was decided', () => {
  expect(ask({ policyType: 'home' }, [])).toMatchObject({
    model: null,
    maxAttempts: null,
    maxInputTokens: null,
    routeToHuman: false,
    decisions: [],
  })
})

it('applies decisions to their segment only', () => {
  const people = decision('d1', { action: 'keep_with_people', segment: { policyType: 'home', exceptionDocs: 'true' } })
  expect(ask({ policyType: 'home', exceptionDocs: 'true', region: 'TX' }, [people]).routeToHuman).toBe(true)
  expect(ask({ policyType: 'home', exceptionDocs: 'false' }, [people]).routeToHuman).toBe(false)
  expect(ask({ policyType: 'home' }, [people]).routeToHuman).toBe(false)
})

it('lets the newer decision hold', () => {
  const older = decision('d1', { parameters: { maxAttempts: 3, model: 'gpt-4.1' } })
  const newer = decision('d2', { parameters: { maxAttempts: 2 } })
  expect(ask({}, [older, newer])).toMatchObject({ maxAttempts: 2, model: 'gpt-4.1' })
})
