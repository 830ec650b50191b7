import { scratch } from '../../domain/scratch.ts'
import { segmentAt } from './cuboids.ts'
import type { ItemTable } from './item-table.ts'
import { largeElements } from './large-elements.ts'
import { releaseArrays } from './release-arrays.ts'
import { createRandom } from './seeded-random.ts'
import type { Segment } from './segment.ts'
import { segmentTest } from './segment-test.ts'

/** A segment that may be named: large enough to tell, not nearly everything. */
export type Candidate = {
  readonly segment: Segment
  /** Index of its group: the cuboid it belongs to, or a group of its own where it was named beforehand. */
  readonly group: number
  readonly isAgentSide: boolean
}

export type CandidateGroup = {
  readonly depth: number
  readonly size: number
  /** Groups whose dimensions are a subset of this one's, itself included. */
  readonly within: readonly number[]
  /** Named by a change event or first seen in the current week: tested first, with its own share of the error budget. */
  readonly isPrior: boolean
}

export type CandidateSet = {
  readonly candidates: readonly Candidate[]
  readonly groups: readonly CandidateGroup[]
  /** The candidates that row r is in: members[memberStart[r]] up to members[memberStart[r + 1]]. */
  readonly memberStart: Int32Array
  readonly members: Int32Array | Uint16Array
}

const MINIMUM_ITEMS = 24
const MINIMUM_SHARE = 0.02
const MAXIMUM_SHARE = 0.9
const MAX_DEPTH = 3
const MINIMUM_PRIOR_ITEMS = 8
/** Rows of which the members are written together: few enough to stay at hand from one group to the next. */
const ROWS_AT_ONCE = 256

/**
 * All segments of up to three dimensions that hold enough of the items, history and current week taken together (a rule on
 * the current week alone would favour segments that happen to be large in it). Segments with the same items are one
 * candidate, the simplest. Priors need only eight items.
 */
export function buildCandidates(items: ItemTable, priors: readonly Segment[]): CandidateSet {
  const { table } = items
  const rowCount = table.rowCount
  const random = createRandom(1)
  const rowHash = scratch(Float64Array, rowCount)
  for (let row = 0; row < rowCount; row++) rowHash[row] = Math.floor(random() * 2 ** 32)
  const seen = new Set<number>()
  const candidates: Candidate[] = []
  const groups: CandidateGroup[] = []
  const memberships: Membership[] = []

  for (const segment of priors) {
    const elementOfRow = rowsIn(items, segment)
    let [rows, hash] = [0, 0]
    for (let row = 0; row < rowCount; row++) {
      if (elementOfRow[row] !== 0) continue
      rows++
      hash += rowHash[row]!
    }
    if (rows < MINIMUM_PRIOR_ITEMS || rows > MAXIMUM_SHARE * rowCount || seen.has(hash)) continue
    seen.add(hash)
    const isAgentSide = table.names.some((name, index) => items.isAgentSide[index] && name in segment)
    memberships.push({ elementOfRow, candidateOfElement: Int32Array.of(candidates.length) })
    candidates.push({ segment, group: groups.length, isAgentSide })
    const depth = Object.keys(segment).length
    groups.push({ depth, size: 1, within: [groups.length], isPrior: true })
  }

  const groupOfDimensions = new Map<string, number>()
  const least = Math.max(MINIMUM_ITEMS, MINIMUM_SHARE * rowCount)
  for (const grouping of largeElements(table, rowHash, least, MAX_DEPTH)) {
    const { dimensions, elementOfRow, elementCount } = grouping
    const isAgentSide = dimensions.some((dimension) => items.isAgentSide[dimension])
    const candidateOfElement = new Int32Array(elementCount).fill(-1)
    let size = 0
    for (let element = 0; element < elementCount; element++) {
      const rows = grouping.sizes[element]!
      if (rows < least || rows > MAXIMUM_SHARE * rowCount) continue
      if (seen.has(grouping.hashes[element]!)) continue
      seen.add(grouping.hashes[element]!)
      candidateOfElement[element] = candidates.length
      const segment = segmentAt(table, dimensions, grouping.exampleRow[element]!)
      candidates.push({ segment, group: groups.length, isAgentSide })
      size++
    }
    if (size === 0) continue
    groupOfDimensions.set(dimensions.join(), groups.length)
    const within = subsetsOf(dimensions).flatMap((subset) => groupOfDimensions.get(subset.join()) ?? [])
    memberships.push({ elementOfRow, candidateOfElement })
    groups.push({ depth: dimensions.length, size, within, isPrior: false })
  }
  return { candidates, groups, ...listMembers(memberships, rowCount, candidates.length) }
}

/** Which of a group's candidates each row is in, by the element that it is in; −1 for none. */
type Membership = { readonly elementOfRow: Int32Array; readonly candidateOfElement: Int32Array }

/**
 * Memberships row by row, packed: sums over many draws run through them again and again. The arrays of elements that they
 * are listed from are given back.
 */
function listMembers(memberships: readonly Membership[], rowCount: number, candidates: number) {
  const memberStart = scratch(Int32Array, rowCount + 1)
  for (const membership of memberships) countMembers(membership, memberStart)
  for (let row = 0; row < rowCount; row++) memberStart[row + 1]! += memberStart[row]!
  // In the least room: draws go through them in any order.
  const members = scratch<Uint16Array | Int32Array>(
    candidates <= 0xffff ? Uint16Array : Int32Array,
    memberStart[rowCount]!,
  )
  const next = memberStart.slice()
  for (let from = 0; from < rowCount; from += ROWS_AT_ONCE) {
    const to = Math.min(rowCount, from + ROWS_AT_ONCE)
    for (const membership of memberships) addMembers(membership, from, to, next, members)
  }
  // They have an entry a row for each grouping.
  releaseArrays([next, ...memberships.map(({ elementOfRow }) => elementOfRow)])
  return { memberStart, members }
}

function countMembers({ elementOfRow, candidateOfElement }: Membership, memberStart: Int32Array): void {
  for (let row = 0; row < elementOfRow.length; row++) {
    const element = elementOfRow[row]!
    if (element >= 0 && candidateOfElement[element]! >= 0) memberStart[row + 1]! += 1
  }
}

function addMembers(
  { elementOfRow, candidateOfElement }: Membership,
  from: number,
  to: number,
  next: Int32Array,
  members: Int32Array | Uint16Array,
): void {
  for (let row = from; row < to; row++) {
    const element = elementOfRow[row]!
    if (element < 0) continue
    const candidate = candidateOfElement[element]!
    if (candidate >= 0) members[next[row]!++] = candidate
  }
}

/** 1 for each row that is in the candidate, 0 for all others. */
export function membershipOf({ memberStart, members }: CandidateSet, candidate: number): Uint8Array {
  const isMember = scratch(Uint8Array, memberStart.length - 1)
  for (let row = 0; row < isMember.length; row++) {
    for (let member = memberStart[row]!; member < memberStart[row + 1]!; member++) {
      if (members[member] === candidate) isMember[row] = 1
    }
  }
  return isMember
}

/** 0 for each row that is in the segment, −1 for all others. */
function rowsIn({ table }: ItemTable, segment: Segment): Int32Array {
  const elementOfRow = new Int32Array(table.rowCount).fill(-1)
  if (Object.keys(segment).some((name) => !table.names.includes(name))) return elementOfRow
  const isInside = segmentTest(table, segment)
  for (let row = 0; row < table.rowCount; row++) if (isInside(row)) elementOfRow[row] = 0
  return elementOfRow
}

function subsetsOf(dimensions: readonly number[]): number[][] {
  return Array.from({ length: (1 << dimensions.length) - 1 }, (_, index) =>
    dimensions.filter((__, position) => (((index + 1) >> position) & 1) === 1),
  )
}
