import { type Bodies, noBodies } from './bodies.ts'
import { type DemoCalendar, instantOf } from './calendar.ts'
import { liveClaim } from './claim-life.ts'
import {
  type ClaimFate,
  dealOrdinaryFates,
  dealSegmentFates,
  isSince,
  MOMENTS,
  type Phase,
  phaseOf,
  promptVersionOf,
} from './claims-story.ts'
import { HAIL, type Loss, OTHER_LOSSES } from './claims-wording.ts'
import { fillIn, money, placeIn } from './filled-text.ts'
import { createRandom, dealByGroup, dealShares, type Random } from './seeded-random.ts'
import { arrivalsOfWeek, arrivalTimes, firstNumberOfWeek, type Volume } from './volume.ts'

export const CLAIMS: Volume = {
  workflow: 'claims',
  perWeek: 452,
  growth: 0.011,
  weekdays: [0.178, 0.19, 0.184, 0.174, 0.156, 0.066, 0.052],
  // Chosen so that claim-8841 is the one that nobody has looked at in the climax week (`hail_waiting`).
  firstNumber: 4_432,
}

type Group = { policyType: Loss['policyType']; exceptionDocs: boolean }

/** The mix of a week. Home claims with exception documents are the segment of the story. */
const MIX: readonly (readonly [Group, number])[] = [
  [{ policyType: 'home', exceptionDocs: true }, 0.195],
  [{ policyType: 'home', exceptionDocs: false }, 0.265],
  [{ policyType: 'auto', exceptionDocs: true }, 0.045],
  [{ policyType: 'auto', exceptionDocs: false }, 0.325],
  [{ policyType: 'travel', exceptionDocs: true }, 0.02],
  [{ policyType: 'travel', exceptionDocs: false }, 0.15],
]
const REGIONS = [
  ['TX', 0.34],
  ['CO', 0.2],
  ['OK', 0.18],
  ['FL', 0.16],
  ['KS', 0.12],
] as const
const CHANNELS = [
  ['portal', 0.42],
  ['phone', 0.26],
  ['broker', 0.2],
  ['app', 0.12],
] as const

interface Arrival extends Group {
  id: string
  weekday: number
  /** After midnight. */
  minutes: number
  fate: ClaimFate
  region: string
  channel: string
}

/** All that one week of claims sends, whenever it ends. */
export function claimsOfWeek(calendar: DemoCalendar, week: number): Bodies {
  const random = createRandom(`claims/${week}`)
  const bodies = noBodies()
  for (const arrival of arrivalsIn(random, calendar, week)) {
    const { id, fate, weekday, policyType, region, exceptionDocs, channel } = arrival
    const loss = lossOf(random, arrival)
    const amount = money(random.around(loss.amount, 0.45))
    liveClaim(random, bodies, {
      fate,
      arrivedAt: instantOf(calendar, week, weekday, arrival.minutes),
      claim: {
        id,
        attributes: { policyType, region, exceptionDocs, channel },
        loss,
        amount,
        report: fillIn(random.pick(loss.report), {
          amount,
          place: placeIn(random, region),
          size: random.pick(['1', '1.25', '1.5', '1.75', '2']),
        }),
        promptVersion: promptVersionOf(week, weekday),
        agentVersion: isSince(MOMENTS.promptV13, week, weekday) ? '2.8.0' : '2.7.4',
        riderRank: riderRankOf(week, weekday),
        exceptionDocuments: exceptionDocs ? random.whole(3, 4) : 0,
      },
    })
  }
  return bodies
}

/**
 * Fates are dealt by segment and phase, so that each has the shares that the story gives it. Regions and channels are
 * dealt apart to claims that go well and to those that do not: neither has anything to do with it.
 */
function arrivalsIn(random: Random, calendar: DemoCalendar, week: number): Arrival[] {
  const perDay = arrivalsOfWeek(calendar, CLAIMS, week)
  const times = arrivalTimes(random, perDay, { from: 420, to: 1060 })
  const groups = dealShares(random, MIX, times.length)
  const kinds = groups.map((group, index) => {
    const phase = phaseOf(week, times[index]!.weekday)
    return isInSegment(group) ? (`segment/${phase}` as const) : 'ordinary'
  })
  const fates = dealByGroup(kinds, (kind, size) =>
    kind === 'ordinary' ? dealOrdinaryFates(random, size) : dealSegmentFates(random, phaseIn(kind), week, size),
  )
  const courses = kinds.map((kind, index) => `${kind}/${fates[index] === 'first_try'}`)
  const regions = dealByGroup(courses, (_course, size) => dealShares(random, REGIONS, size))
  const channels = dealByGroup(courses, (_course, size) => dealShares(random, CHANNELS, size))
  const first = firstNumberOfWeek(CLAIMS, week)
  return times.map((time, index) => ({
    id: `claim-${first + index}`,
    ...time,
    ...groups[index]!,
    fate: fates[index]!,
    region: regions[index]!,
    channel: channels[index]!,
  }))
}

function phaseIn(kind: `segment/${Phase}`): Phase {
  return kind.slice('segment/'.length) as Phase
}

function isInSegment({ policyType, exceptionDocs }: Group): boolean {
  return policyType === 'home' && exceptionDocs
}

function lossOf(random: Random, arrival: Arrival): Loss {
  const { fate } = arrival
  if (fate === 'hail_overruled' || fate === 'hail_waiting') return HAIL
  if (arrival.policyType === 'home' && random.chance(arrival.exceptionDocs ? 0.55 : 0.2)) return HAIL
  if (fate === 'otherwise_overruled' && isInSegment(arrival)) return OTHER_LOSSES.find(({ peril }) => peril === 'wind')!
  return random.pick(OTHER_LOSSES.filter((loss) => loss.policyType === arrival.policyType))
}

/** Where the hail rider stands among the documents: behind the base wording in both episodes, in front from v12 on. */
function riderRankOf(week: number, weekday: number): number {
  if (phaseOf(week, weekday) !== 'quiet') return 5
  return isSince(MOMENTS.promptV12, week, weekday) ? 0 : 1
}
