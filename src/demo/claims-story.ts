import { CLIMAX_WEEK } from './calendar.ts'
import { dealShares, type Random } from './seeded-random.ts'

/** What is to become of a claim. */
export type ClaimFate =
  | 'first_try'
  | 'second_try'
  | 'third_try'
  /** The agent ignores the hail rider and an adjuster overrules it. */
  | 'hail_overruled'
  | 'otherwise_overruled'
  /** Like `hail_overruled`, but nobody has looked at it yet: left for the reader of the tour. */
  | 'hail_waiting'
  | 'escalated'
  | 'failed'
  | 'cancelled'

/** `earlier`: the smaller episode seven to eight weeks before. `climax`: from prompt v14 on. */
export type Phase = 'quiet' | 'earlier' | 'climax'

/** Weekdays count from Monday = 0; minutes from local midnight. Claims arrive from 7:00 on. */
export const MOMENTS = {
  wordingEdition: { week: 1, weekday: 2, minutes: 380 },
  promptV12: { week: 2, weekday: 3, minutes: 395 },
  promptV13: { week: 5, weekday: 0, minutes: 400 },
  promptV14: { week: CLIMAX_WEEK, weekday: 1, minutes: 385 },
} as const

export type Moment = { week: number; weekday: number; minutes: number }

/** Whether a day lies on or after a moment's day (all of them come before the day's first claim). */
export function isSince(moment: Moment, week: number, weekday: number): boolean {
  return week * 7 + weekday >= moment.week * 7 + moment.weekday
}

export function phaseOf(week: number, weekday: number): Phase {
  if (isSince(MOMENTS.promptV14, week, weekday)) return 'climax'
  const inEpisode = isSince(MOMENTS.wordingEdition, week, weekday) && !isSince(MOMENTS.promptV12, week, weekday)
  return inEpisode ? 'earlier' : 'quiet'
}

export function promptVersionOf(week: number, weekday: number): string {
  if (isSince(MOMENTS.promptV14, week, weekday)) return 'v14'
  if (isSince(MOMENTS.promptV13, week, weekday)) return 'v13'
  return isSince(MOMENTS.promptV12, week, weekday) ? 'v12' : 'v11'
}

type FateShares = readonly (readonly [ClaimFate, number])[]

/** Claims outside the segment, whatever the phase. */
const ORDINARY: FateShares = [
  ['first_try', 0.938],
  ['second_try', 0.026],
  ['otherwise_overruled', 0.012],
  ['escalated', 0.008],
  ['failed', 0.007],
  ['cancelled', 0.009],
]

/** Home claims with exception documents. */
const SEGMENT: Record<Phase, FateShares> = {
  quiet: [
    ['first_try', 0.905],
    ['second_try', 0.045],
    ['third_try', 0.005],
    ['otherwise_overruled', 0.025],
    ['escalated', 0.01],
    ['failed', 0.005],
    ['cancelled', 0.005],
  ],
  earlier: [
    ['first_try', 0.8],
    ['second_try', 0.06],
    ['hail_overruled', 0.095],
    ['otherwise_overruled', 0.035],
    ['cancelled', 0.01],
  ],
  /** The week of the load, after the climax: nobody has acted yet. */
  climax: [
    ['first_try', 0.71],
    ['second_try', 0.05],
    ['hail_overruled', 0.15],
    ['otherwise_overruled', 0.09],
  ],
}

/** In the climax week itself these are counts, not shares: the rest of the segment is resolved at the first try. */
export const CLIMAX_COUNTS: Partial<Record<ClaimFate, number>> = {
  hail_overruled: 14,
  otherwise_overruled: 8,
  hail_waiting: 1,
  second_try: 1,
}

export function dealOrdinaryFates(random: Random, size: number): ClaimFate[] {
  return dealShares(random, ORDINARY, size)
}

/** Fates for `size` claims of the segment, of one phase and week. */
export function dealSegmentFates(random: Random, phase: Phase, week: number, size: number): ClaimFate[] {
  if (phase !== 'climax' || week !== CLIMAX_WEEK) return dealShares(random, SEGMENT[phase], size)
  const planted = Object.entries(CLIMAX_COUNTS).flatMap(([fate, count]) =>
    Array<ClaimFate>(count).fill(fate as ClaimFate),
  )
  const others = Array<ClaimFate>(Math.max(0, size - planted.length)).fill('first_try')
  return random.shuffle([...planted, ...others])
}
