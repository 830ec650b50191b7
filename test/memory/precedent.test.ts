import { expect, it } from 'vitest'
import { comparePrecedents, type Precedent } from '../../src/memory/precedent.ts'

const precedentWith = (members: Partial<Precedent> & { id: string }): Precedent => ({
  kind: 'override',
  workflow: 'claims',
  workItemId: null,
  title: '',
  snippet: '',
  score: 1,
  occurredAt: new Date('2026-11-10T00:00:00Z'),
  proposed: 'deny',
  overruled: false,
  decided: 'approve',
  why: null,
  rule: 'HR-12',
  decidedBy: null,
  outcome: null,
  contradictedBy: [],
  sources: [],
  ...members,
})

it('agrees where like cases were decided alike, whatever the spelling', () => {
  const report = comparePrecedents('hail', [
    precedentWith({ id: 'a' }),
    precedentWith({ id: 'b', decided: ' Approve' }),
  ])
  expect(report.agreement).toBe('agree')
  expect(report.decisions).toEqual([{ decision: 'approve', count: 2, precedents: ['a', 'b'] }])
})

it('shows both sides of a contradiction, the commoner decision first', () => {
  const report = comparePrecedents('hail', [
    precedentWith({ id: 'a', decided: 'deny with letter' }),
    precedentWith({ id: 'b' }),
    precedentWith({ id: 'c', rule: null }),
  ])
  expect(report.agreement).toBe('contradict')
  expect(report.precedents.map((precedent) => precedent.contradictedBy)).toEqual([['b', 'c'], ['a'], ['a']])
  expect(report.decisions.map((group) => group.decision)).toEqual(['approve', 'deny with letter'])
})

it('calls different decisions under different rules different, not contradicting', () => {
  const report = comparePrecedents('hail', [
    precedentWith({ id: 'a' }),
    precedentWith({ id: 'b', rule: 'FL-3', decided: 'refer' }),
  ])
  expect(report.agreement).toBe('differ')
  expect(report.precedents.flatMap((precedent) => precedent.contradictedBy)).toEqual([])
})

it('counts the agent’s decision only where it stood and the item was resolved', () => {
  const stood = precedentWith({ id: 'a', kind: 'run', decided: null, proposed: 'approve', outcome: 'resolved' })
  const open = precedentWith({ id: 'b', kind: 'run', decided: null, proposed: 'deny', outcome: null })
  expect(comparePrecedents('x', [stood, open])).toMatchObject({
    agreement: 'single',
    decisions: [{ decision: 'approve', count: 1 }],
  })
  expect(comparePrecedents('x', [open]).agreement).toBe('none')
})

it('does not count what an agent decided where people overruled it', () => {
  const run = { kind: 'run' as const, decided: null, outcome: 'resolved' }
  const report = comparePrecedents('hail', [
    precedentWith({ id: 'a' }),
    precedentWith({ id: 'b', ...run, overruled: true }),
    precedentWith({ id: 'c', ...run, proposed: 'approve' }),
  ])
  expect(report).toMatchObject({ agreement: 'agree', decisions: [{ decision: 'approve', count: 2 }] })
})
