import { buildCuboids, segmentOfElement } from './cuboids.ts'
import type { ItemTable } from './item-table.ts'
import { createRandom } from './seeded-random.ts'
import { isInSegment, type Segment } from './segment.ts'

/** A segment that may be named: large enough to tell, not nearly everything. */
export type Candidate = {
  readonly segment: Segment
  /** Index of its group: the cuboid it belongs to, or a group of its own where it was named beforehand. */
  readonly group: number
  readonly isAgentSide: boolean
}

export type CandidateGroup = {
  readonly depth: number
  /** For each row the candidate of this group that it is in, or −1. */
  readonly candidateOfRow: Int32Array
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

/**
 * All segments of up to three dimensions that hold enough of the items, history and current week taken together (a rule on
 * the current week alone would favour segments that happen to be large in it). Segments with the same items are one
 * candidate, the simplest. Priors need only eight items.
 */
export function buildCandidates(items: ItemTable, priors: readonly Segment[]): CandidateSet {
  const { table } = items
  const rowCount = table.rowCount
  const random = createRandom(1)
  const rowHash = Float64Array.from({ length: rowCount }, () => Math.floor(random() * 2 ** 32))
  const seen = new Set<number>()
  const candidates: Candidate[] = []
  const groups: CandidateGroup[] = []

  for (const segment of priors) {
    const candidateOfRow = membersOf(items, segment, candidates.length)
    const rows = candidateOfRow.reduce((count, candidate) => count + (candidate >= 0 ? 1 : 0), 0)
    const hash = candidateOfRow.reduce((sum, candidate, row) => sum + (candidate >= 0 ? rowHash[row]! : 0), 0)
    if (rows < MINIMUM_PRIOR_ITEMS || rows > MAXIMUM_SHARE * rowCount || seen.has(hash)) continue
    seen.add(hash)
    const isAgentSide = table.names.some((name, index) => items.isAgentSide[index] && name in segment)
    candidates.push({ segment, group: groups.length, isAgentSide })
    const depth = Object.keys(segment).length
    groups.push({ depth, candidateOfRow, size: 1, within: [groups.length], isPrior: true })
  }

  const groupOfDimensions = new Map<string, number>()
  for (const cuboid of buildCuboids(table, MAX_DEPTH)) {
    const sizes = new Float64Array(cuboid.elementCount)
    const hashes = new Float64Array(cuboid.elementCount)
    for (let row = 0; row < rowCount; row++) {
      const element = cuboid.elementOfRow[row]!
      sizes[element]! += 1
      hashes[element]! += rowHash[row]!
    }
    const isAgentSide = cuboid.dimensions.some((dimension) => items.isAgentSide[dimension])
    const candidateOfElement = new Int32Array(cuboid.elementCount).fill(-1)
    let size = 0
    for (let element = 0; element < cuboid.elementCount; element++) {
      const rows = sizes[element]!
      if (rows < Math.max(MINIMUM_ITEMS, MINIMUM_SHARE * rowCount) || rows > MAXIMUM_SHARE * rowCount) continue
      if (seen.has(hashes[element]!)) continue
      seen.add(hashes[element]!)
      candidateOfElement[element] = candidates.length
      candidates.push({ segment: segmentOfElement(table, cuboid, element), group: groups.length, isAgentSide })
      size++
    }
    if (size === 0) continue
    groupOfDimensions.set(cuboid.dimensions.join(), groups.length)
    const within = subsetsOf(cuboid.dimensions).flatMap((subset) => groupOfDimensions.get(subset.join()) ?? [])
    const candidateOfRow = cuboid.elementOfRow.map((element) => candidateOfElement[element]!)
    groups.push({ depth: cuboid.dimensions.length, candidateOfRow, size, within, isPrior: false })
  }
  return { candidates, groups, ...listMembers(groups, rowCount, candidates.length) }
}

/** The same memberships row by row, packed: sums over many draws run through them again and again. */
function listMembers(groups: readonly CandidateGroup[], rowCount: number, candidates: number) {
  const memberStart = new Int32Array(rowCount + 1)
  for (const { candidateOfRow } of groups) {
    for (let row = 0; row < rowCount; row++) if (candidateOfRow[row]! >= 0) memberStart[row + 1]! += 1
  }
  for (let row = 0; row < rowCount; row++) memberStart[row + 1]! += memberStart[row]!
  // In the least room: draws go through them in any order.
  const members = new (candidates <= 0xffff ? Uint16Array : Int32Array)(memberStart[rowCount]!)
  const next = memberStart.slice()
  for (const { candidateOfRow } of groups) {
    for (let row = 0; row < rowCount; row++) {
      if (candidateOfRow[row]! >= 0) members[next[row]!++] = candidateOfRow[row]!
    }
  }
  return { memberStart, members }
}

function membersOf({ table }: ItemTable, segment: Segment, candidate: number): Int32Array {
  const members = new Int32Array(table.rowCount).fill(-1)
  if (Object.keys(segment).some((name) => !table.names.includes(name))) return members
  for (let row = 0; row < table.rowCount; row++) {
    const values: Record<string, string | null> = {}
    for (const [dimension, name] of table.names.entries()) {
      if (name in segment) values[name] = table.values[dimension]![table.codes[dimension]![row]!] ?? null
    }
    if (isInSegment(values, segment)) members[row] = candidate
  }
  return members
}

function subsetsOf(dimensions: readonly number[]): number[][] {
  return Array.from({ length: (1 << dimensions.length) - 1 }, (_, index) =>
    dimensions.filter((__, position) => (((index + 1) >> position) & 1) === 1),
  )
}
