import type { Bodies, EndedTrace } from './bodies.ts'
import { minutesAfter } from './calendar.ts'
import { type Claim, type ClaimAttempt, runClaim } from './claims-run.ts'
import type { ClaimFate } from './claims-story.ts'
import {
  CHECK_FAILURES,
  EXCEPTION_REASONS,
  HAIL_REASONS,
  type Loss,
  ORDINARY_REASONS,
  RIGHT_HAIL_DENIALS,
} from './claims-wording.ts'
import { fillIn } from './filled-text.ts'
import { createOutcomeWriter, type WriteOutcome } from './outcome-writer.ts'
import { ADJUSTERS } from './people.ts'
import type { Random } from './seeded-random.ts'

/** What a resolved claim is worth, in dollars, by policy type: the handling that it saves. */
const VALUE: Record<Loss['policyType'], number> = { home: 6.8, auto: 4.2, travel: 3.1 }

interface ClaimLife {
  claim: Claim
  fate: ClaimFate
  arrivedAt: Date
}

interface Correction {
  agentDecision: 'approve' | 'deny'
  humanDecision: string
  reason: string
  rule: string | null
}

/** The life of one claim: its attempts, what came of them, who corrected what. Written into `bodies`. */
export function liveClaim(random: Random, bodies: Bodies, life: ClaimLife): void {
  const { claim, fate } = life
  const correction = correctionOf(random, claim, fate)
  const runs = runAttempts(random, life, correction)
  bodies.traces.push(...runs)
  const last = runs.at(-1)!
  const endedAt = new Date(last.endedAt)
  const decidedAt = minutesAfter(endedAt, random.between(25, 170))
  const value = Math.round(VALUE[claim.attributes.policyType] * random.between(0.85, 1.2) * 100) / 100
  const adjuster = random.pick(ADJUSTERS)
  const outcome = createOutcomeWriter(bodies, 'claims', claim.id)

  if (fate === 'failed') {
    outcome('failed', minutesAfter(endedAt, 2), { note: 'Agent broke off; claim taken out of the queue.' })
  } else if (fate === 'cancelled') {
    outcome('cancelled', decidedAt, { note: 'Withdrawn by the policyholder.' })
  } else if (fate === 'hail_waiting') {
    outcome('escalated', minutesAfter(endedAt, 1), { note: 'Waiting for an adjuster.' })
  } else if (fate === 'escalated') {
    outcome('escalated', minutesAfter(endedAt, 1))
    if (random.chance(0.7)) outcome('resolved', minutesAfter(decidedAt, 40), { resolvedBy: adjuster, value })
  } else if (correction) {
    bodies.overrides.push({
      id: `${claim.id}-override-1`,
      workflow: 'claims',
      workItemId: claim.id,
      traceId: last.traceId,
      stepId: last.steps!.find((step) => step.kind === 'decision')!.id!,
      ...correction,
      actor: adjuster,
      // Who has seen the same case before is quicker.
      minutes: correction.rule === 'HR-12' ? random.whole(2, 5) : random.whole(3, 7),
      occurredAt: decidedAt.toISOString(),
    })
    outcome('resolved', minutesAfter(decidedAt, 2), { resolvedBy: adjuster, value })
  } else {
    const resolvedAt = minutesAfter(endedAt, random.between(1, 15))
    outcome('resolved', resolvedAt, { resolvedBy: 'adjudicator', value })
    if (random.chance(0.007))
      bodies.traces.push(reopen(random, claim, { resolvedAt, attempt: runs.length + 1, outcome }))
  }
}

function correctionOf(random: Random, claim: Claim, fate: ClaimFate): Correction | null {
  if (ignoresRider(fate)) {
    return { agentDecision: 'deny', humanDecision: 'approve', reason: random.pick(HAIL_REASONS), rule: 'HR-12' }
  }
  if (fate !== 'otherwise_overruled') return null
  const inFile = claim.attributes.policyType === 'home' && claim.attributes.exceptionDocs
  const reasons = inFile ? EXCEPTION_REASONS : ORDINARY_REASONS[claim.attributes.policyType]
  const { reason, rule, humanDecision } = random.pick(
    reasons.filter(({ peril }) => peril === undefined || peril === claim.loss.peril),
  )
  return { agentDecision: humanDecision === 'deny' ? 'approve' : 'deny', humanDecision, reason, rule }
}

function runAttempts(
  random: Random,
  { claim, fate, arrivedAt }: ClaimLife,
  correction: Correction | null,
): EndedTrace[] {
  const attempts = attemptsOf(random, fate)
  const runs: EndedTrace[] = []
  let startedAt = minutesAfter(arrivedAt, random.between(1, 6))
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const run = runClaim(random, claim, {
      attempt,
      startedAt,
      ...attemptDetails(random, { claim, fate, attempts, isLast: attempt === attempts }, correction),
    })
    runs.push(run)
    startedAt = minutesAfter(new Date(run.endedAt), random.between(3, 22))
  }
  return runs
}

function attemptDetails(
  random: Random,
  { claim, fate, attempts, isLast }: { claim: Claim; fate: ClaimFate; attempts: number; isLast: boolean },
  correction: Correction | null,
): Omit<ClaimAttempt, 'attempt' | 'startedAt'> {
  const rider = ignoresRider(fate)
  // A single attempt that a person overrules had passed the check: that is why somebody had to notice.
  const passes = (isLast && !correction) || attempts === 1
  const choice = correction?.agentDecision ?? (isLast ? rightChoice(random) : 'deny')
  const checkFailure = passes ? null : random.pick(rider ? CHECK_FAILURES.hail : CHECK_FAILURES.other)
  return {
    choice,
    rationale: rationaleOf(random, claim, choice, rider),
    riderUsed: claim.loss.peril === 'hail' ? !rider : null,
    checkFailure,
    brokeOff:
      fate === 'failed'
        ? random.pick(['Scan could not be read after 3 tries', 'Policy system timed out after 30 s'])
        : null,
    handOver: isLast ? handOverOf(fate, checkFailure) : null,
  }
}

function handOverOf(fate: ClaimFate, checkFailure: string | null): string | null {
  if (fate === 'escalated') return 'Above the authority that the agent has: to an adjuster.'
  return ignoresRider(fate) && checkFailure ? 'The check did not pass again: to an adjuster.' : null
}

/** The policyholder comes back with a document; one more attempt settles it. */
function reopen(
  random: Random,
  claim: Claim,
  { resolvedAt, attempt, outcome }: { resolvedAt: Date; attempt: number; outcome: WriteOutcome },
): EndedTrace {
  const reopenedAt = minutesAfter(resolvedAt, random.whole(2, 8) * 1440 - random.whole(0, 90))
  outcome('reopened', reopenedAt, { note: 'Policyholder sent a further invoice.' })
  const again = runClaim(random, claim, {
    attempt,
    startedAt: minutesAfter(reopenedAt, random.between(2, 20)),
    choice: 'partial',
    rationale: rationaleOf(random, claim, 'partial', false),
    riderUsed: claim.loss.peril === 'hail' ? true : null,
    checkFailure: null,
    brokeOff: null,
    handOver: null,
  })
  outcome('resolved', minutesAfter(new Date(again.endedAt), 3), { resolvedBy: 'adjudicator', note: 'Supplement paid.' })
  return again
}

function ignoresRider(fate: ClaimFate): boolean {
  return fate === 'hail_overruled' || fate === 'hail_waiting'
}

function attemptsOf(random: Random, fate: ClaimFate): number {
  switch (fate) {
    case 'second_try':
      return 2
    case 'third_try':
    case 'hail_waiting':
      return 3
    case 'hail_overruled':
      return random.chance(0.92) ? 3 : 2
    case 'otherwise_overruled':
      return random.pick([1, 2, 2, 3, 3, 3])
    default:
      return 1
  }
}

function rightChoice(random: Random): 'approve' | 'deny' | 'partial' {
  const draw = random.uniform()
  if (draw < 0.79) return 'approve'
  return draw < 0.9 ? 'partial' : 'deny'
}

function rationaleOf(random: Random, { loss, amount }: Claim, choice: string, ignoresTheRider: boolean): string {
  if (choice === 'deny') {
    const readTheRider = loss.peril === 'hail' && !ignoresTheRider
    return fillIn(random.pick(readTheRider ? RIGHT_HAIL_DENIALS : loss.deny), { amount })
  }
  const text = fillIn(random.pick(loss.approve), { amount })
  return choice === 'partial' ? `${text} One item of the estimate is not covered and was taken out.` : text
}
