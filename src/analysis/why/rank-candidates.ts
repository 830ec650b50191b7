import { type CandidateSet, membershipOf } from './candidates.ts'

/** A candidate with its scores in the direction looked at (z is positive). */
export type ScoredCandidate = {
  readonly candidate: number
  /** What decides whether it stands out: widened by the noise that its kind has from week to week. */
  readonly z: number
  /** Not widened, so that candidates with the same items are measured alike: each cuboid's noise is known but roughly. */
  readonly evidence: number
}

export type RankedCandidate = ScoredCandidate & {
  /** Share of the posterior weight on candidates that hold nearly the same items. */
  readonly confidence: number
}

/** How likely a cause lies in one, two or three dimensions, before looking. */
const DEPTH_WEIGHT = [0, 0.55, 0.3, 0.15]
const PRIOR_WEIGHT = 0.4
/** Two segments that share this part of their items (Jaccard) tell the same story. */
const NEARLY_SAME = 0.8

/**
 * The passing candidate with the most posterior weight: prior (few dimensions, few alternatives, named beforehand) times the
 * likelihood exp(evidence²/2); of those with the same items the simplest. Its confidence counts overlapping candidates for it only where they hold nearly the same items.
 */
export function rankCandidates(
  set: CandidateSet,
  scored: readonly ScoredCandidate[],
  passes: (one: ScoredCandidate) => boolean,
  isCounted: (row: number) => boolean,
): RankedCandidate | null {
  const passing = scored.filter(passes)
  if (passing.length === 0) return null
  const logPrior = logPriorsOf(set)
  const logWeight = ({ candidate, evidence }: ScoredCandidate) => logPrior[candidate]! + (evidence * evidence) / 2
  const strongest = passing.reduce((top, one) => (logWeight(one) > logWeight(top) ? one : top))
  const similarity = similarityNow(set, strongest.candidate, isCounted)
  const best = simplestTwin(set, passing, strongest, similarity)
  const highest = scored.reduce((top, one) => Math.max(top, logWeight(one)), Number.NEGATIVE_INFINITY)
  let alike = 0
  let all = 0
  for (const one of scored) {
    const weight = Math.exp(logWeight(one) - highest)
    all += weight
    if (similarity[one.candidate]! >= NEARLY_SAME) alike += weight
  }
  return { ...best, confidence: alike / all }
}

/** Of the passing candidates that hold exactly the same current items, the one with the fewest conditions. */
function simplestTwin(
  set: CandidateSet,
  passing: readonly ScoredCandidate[],
  strongest: ScoredCandidate,
  similarity: Float64Array,
): ScoredCandidate {
  const depth = ({ candidate }: ScoredCandidate) => set.groups[set.candidates[candidate]!.group]!.depth
  const twins = passing.filter((one) => similarity[one.candidate] === 1)
  return twins.reduce((best, one) => (depth(one) < depth(best) ? one : best), strongest)
}

function logPriorsOf(set: CandidateSet): Float64Array {
  const priors = set.groups.filter((group) => group.isPrior).length
  const groupsAtDepth = (depth: number) => set.groups.filter((group) => !group.isPrior && group.depth === depth).length
  const groupsOf = [0, 1, 2, 3].map(groupsAtDepth)
  return Float64Array.from(set.candidates, ({ group }) => {
    const { depth, size, isPrior } = set.groups[group]!
    if (isPrior) return Math.log(PRIOR_WEIGHT / priors)
    return Math.log(DEPTH_WEIGHT[depth]! / (groupsOf[depth]! * size))
  })
}

/** The Jaccard similarity of every candidate's counted rows with those of one candidate. */
function similarityNow(set: CandidateSet, candidate: number, isCounted: (row: number) => boolean): Float64Array {
  const isOwn = membershipOf(set, candidate)
  const size = new Float64Array(set.candidates.length)
  const shared = new Float64Array(set.candidates.length)
  for (let row = 0; row < isOwn.length; row++) {
    if (!isCounted(row)) continue
    for (let member = set.memberStart[row]!; member < set.memberStart[row + 1]!; member++) {
      const other = set.members[member]!
      size[other]! += 1
      if (isOwn[row] === 1) shared[other]! += 1
    }
  }
  return shared.map((both, other) => both / Math.max(1, size[other]! + size[candidate]! - both))
}
