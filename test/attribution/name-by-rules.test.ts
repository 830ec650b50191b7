import { expect, it } from 'vitest'
import { mergeContext } from '../../src/attribution/merge-context.ts'
import { namingBookOf } from '../../src/attribution/name-by-rules.ts'
import type { NamingRules } from '../../src/domain/ingest-rules.ts'
import type { SpanContext } from '../../src/domain/span.ts'
import { buildSpan } from '../support/build-span.ts'

const RULES: NamingRules = {
  traces: [
    { attribute: 'service.name', equals: 'adjudicator' },
    { attribute: 'queue', startsWith: 'claims-' },
  ],
  workItemId: ['metadata.claimId', { attribute: 'session.id', after: 'claim:', before: '/' }],
  attempt: ['metadata.try'],
  workItemAttributes: { region: 'metadata.place.region' },
}
const book = namingBookOf([{ workflow: 'claims', rules: { naming: RULES } }])

const named = (
  attributes: Record<string, unknown>,
  context: SpanContext = { authority: 'service', workflow: 'adjudicator' },
) => mergeContext('t-1', [buildSpan({ spanId: 's', attributes, context })], book)

it('takes workflow, work item, attempt and attributes from the attributes that the rules name', () => {
  const metadata = { claimId: 'claim-7', try: 2, place: { region: 'TX' } }
  const whole = named({ 'service.name': 'adjudicator', metadata })
  expect(whole).toMatchObject({ workflow: 'claims', workItemId: 'claim-7', attempt: 2 })
  expect(whole.workItemAttributes).toEqual({ region: 'TX' })
  // The same where an emitter writes objects as JSON.
  expect(named({ 'service.name': 'adjudicator', metadata: JSON.stringify(metadata) })).toMatchObject({
    workItemId: 'claim-7',
  })
})

it('reads the part of a text between two literals, and takes the next source where one gives nothing', () => {
  expect(named({ queue: 'claims-eu', 'session.id': 'tenant-1/claim:c-9/run-3' }).workItemId).toBe('c-9')
  expect(named({ queue: 'claims-eu', 'session.id': 'tenant-1/other' }).workItemId).toBe('t-1')
})

it('is stronger than a dialect’s names and weaker than Docket’s own', () => {
  const attributes = { 'service.name': 'adjudicator', metadata: { claimId: 'by-rule' } }
  expect(named(attributes, { authority: 'dialect', workflow: 'flow', workItemId: 'by-dialect' })).toMatchObject({
    workflow: 'claims',
    workItemId: 'by-rule',
  })
  expect(named(attributes, { authority: 'docket', workflow: 'claims', workItemId: 'own' }).workItemId).toBe('own')
  expect(named(attributes, { authority: 'docket', workflow: 'tickets' })).toMatchObject({
    workflow: 'tickets',
    workItemId: 't-1',
  })
})

it('leaves other traces alone', () => {
  expect(named({ 'service.name': 'triage', metadata: { claimId: 'claim-7' } })).toMatchObject({
    workflow: 'adjudicator',
    workItemId: 't-1',
  })
})

it.each([['0'], ['1.5'], ['many'], [-1], [2_000_000]])('takes no attempt from %s', (attempt) => {
  expect(named({ 'service.name': 'adjudicator', metadata: { try: attempt } }).attempt).toBeNull()
})
