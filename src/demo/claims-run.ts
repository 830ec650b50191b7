import type { EndedTrace } from './bodies.ts'
import { retrievedDocuments } from './claims-documents.ts'
import type { Loss } from './claims-wording.ts'
import { createRun, type ModelCall } from './run-builder.ts'
import type { Random } from './seeded-random.ts'

export interface Claim {
  id: string
  attributes: { policyType: Loss['policyType']; region: string; exceptionDocs: boolean; channel: string }
  loss: Loss
  /** The loss as reported, amounts filled in. */
  report: string
  /** `$14,800` */
  amount: string
  promptVersion: string
  agentVersion: string
  riderRank: number
  /** Exception documents in the file; each is read by a call of its own. */
  exceptionDocuments: number
}

export interface ClaimAttempt {
  attempt: number
  startedAt: Date
  choice: 'approve' | 'deny' | 'partial'
  rationale: string
  /** Null where the hail rider is not in the file. */
  riderUsed: boolean | null
  /** What the check found, where it did not let the decision pass. */
  checkFailure: string | null
  /** The run broke off before it decided. */
  brokeOff: string | null
  /** Why a person takes over after this attempt. */
  handOver: string | null
}

export function claimTraceId(claimId: string, attempt: number): string {
  return `${claimId}-run-${attempt}`
}

/** One attempt of the adjudicator at a claim. Exception documents are read one by one and weighed by a stronger model. */
export function runClaim(random: Random, claim: Claim, attempt: ClaimAttempt): EndedTrace {
  const { attributes, loss } = claim
  const traceId = claimTraceId(claim.id, attempt.attempt)
  const run = createRun(
    random,
    {
      traceId,
      workflow: 'claims',
      attempt: attempt.attempt,
      retryOf: attempt.attempt > 1 ? claimTraceId(claim.id, attempt.attempt - 1) : null,
      workItem: { id: claim.id, attributes },
      agent: { name: 'adjudicator', version: claim.agentVersion },
      promptVersion: claim.promptVersion,
    },
    attempt.startedAt,
  )
  const size = sizeOf(claim) * (attempt.attempt > 1 ? 1.15 : 1)
  const rules = attempt.riderUsed === false || attempt.choice === 'deny' ? [] : [...loss.rules]

  run.callModel({
    name: 'read_claim',
    model: 'gpt-4.1-mini',
    inputTokens: 21_000 * size,
    outputTokens: 620,
    cachedShare: 0.2,
    input: claim.report,
    output: `${loss.peril} loss, claimed ${claim.amount}, ${attributes.exceptionDocs ? 'exception documents on file' : 'no exception documents'}.`,
  })
  run.callTool(
    'lookup_policy',
    { claim: claim.id },
    {
      form: loss.policyType === 'home' ? 'HO-3' : loss.policyType,
      inForce: true,
      endorsements: attempt.riderUsed === null ? [] : ['HR-12'],
    },
  )
  if (loss.peril === 'hail') run.callTool('weather_report', { region: attributes.region }, { hail: true }, 0.04)
  run.retrieve(
    'retrieve_wording',
    `${loss.policyType} ${loss.peril} cover and exclusions`,
    retrievedDocuments(random, {
      loss,
      exceptionDocs: attributes.exceptionDocs,
      riderUsed: attempt.riderUsed,
      riderRank: claim.riderRank,
    }),
  )
  const assess = assessment(claim, size, attempt.rationale)
  if (random.chance(0.018)) run.failCall(assess, '429 rate limit reached, retry after 8 s')
  if (attempt.brokeOff) {
    run.failCall(assess, attempt.brokeOff)
    return run.finish('error')
  }
  if (attributes.exceptionDocs) {
    for (let page = 1; page <= claim.exceptionDocuments; page++) run.callModel(readDocument(page, size))
    run.callModel(assess)
    run.callModel(quantify(claim, size))
  } else {
    run.callModel(assess)
  }
  run.callModel(check(claim, size, attempt.checkFailure))
  run.decide(
    {
      choice: attempt.choice,
      alternatives: ['approve', 'partial', 'deny'].filter((choice) => choice !== attempt.choice),
      rationale: attempt.rationale,
      rules,
      confidence:
        Math.round(random.between(attempt.checkFailure ? 0.52 : 0.74, attempt.checkFailure ? 0.78 : 0.96) * 100) / 100,
    },
    attempt.checkFailure ?? undefined,
  )
  if (attempt.handOver) run.escalate(attempt.handOver)
  return run.finish(attempt.checkFailure ? 'error' : 'ok')
}

/** How long the file is: home claims come with more pages than a broken windshield. */
function sizeOf({ attributes }: Claim): number {
  return { home: 1.12, auto: 0.9, travel: 0.8 }[attributes.policyType]
}

function readDocument(number: number, size: number): ModelCall {
  return {
    name: 'read_exception_document',
    model: 'claude-sonnet-4-5',
    inputTokens: 86_000 * size,
    outputTokens: 2_600,
    cachedShare: 0.05,
    input: `Exception document ${number} with its photo pages, as scanned.`,
    output: `Document ${number}: conditions and exceptions, with pages.`,
  }
}

function assessment({ attributes, report }: Claim, size: number, rationale: string): ModelCall {
  return {
    name: 'assess_coverage',
    model: attributes.exceptionDocs ? 'claude-opus-4-5' : 'claude-sonnet-4-5',
    inputTokens: (attributes.exceptionDocs ? 124_000 : 58_000) * size,
    outputTokens: attributes.exceptionDocs ? 5_200 : 1_900,
    cachedShare: 0.3,
    input: report,
    output: rationale,
  }
}

function quantify({ amount }: Claim, size: number): ModelCall {
  return {
    name: 'quantify_loss',
    model: 'claude-sonnet-4-5',
    inputTokens: 142_000 * size,
    outputTokens: 4_100,
    cachedShare: 0.25,
    input: 'Estimate, invoices and schedule of limits.',
    output: `Supported amount up to ${amount}, before deductible.`,
  }
}

function check({ attributes, amount }: Claim, size: number, failure: string | null): ModelCall {
  return {
    name: 'verify_decision',
    model: attributes.exceptionDocs ? 'claude-sonnet-4-5' : 'gpt-4.1',
    inputTokens: (attributes.exceptionDocs ? 134_000 : 34_000) * size,
    outputTokens: attributes.exceptionDocs ? 2_300 : 700,
    cachedShare: 0.35,
    input: `Proposed decision on ${amount}, declarations page, wording.`,
    output: failure ?? 'Passed.',
  }
}
