import {
  type AuditKind,
  type AuditLink,
  allocationDecisionContent,
  contentHash,
  entryHash,
  GENESIS,
  overrideContent,
} from '../domain/audit-chain.ts'
import type { Db } from '../store/client.ts'
import {
  findAuditHead,
  findUnchainedRow,
  isInChain,
  listAllocationDecisionRows,
  listAuditLinks,
  listLatestPositions,
  listOverrideRows,
  listRuleRows,
} from '../store/queries/audit-entries.ts'
import { ruleVersionContent } from './rule-version-content.ts'

export interface AuditBreak {
  /** Of the link that is wrong; null for a row that the chain lacks. */
  position: number | null
  kind: AuditKind | null
  subject: { workflow: string; id: string } | null
  reason: string
}

export interface AuditVerification {
  /** Number of links. */
  length: number
  /** Hash of the last link. Note it elsewhere: a later call can check that the chain still holds it. */
  head: string
  firstBreak: AuditBreak | null
}

const LINKS_A_BATCH = 2000

/**
 * Follows the chain from its beginning, makes every hash again, and makes the content hashes again from the rows
 * themselves, so that a row or a link which was edited, deleted, inserted or moved is found. `expectedHead` is a head
 * noted earlier: a chain that was cut off or rewritten since no longer holds it.
 */
export async function verifyAuditChain(db: Db, options: { expectedHead?: string } = {}): Promise<AuditVerification> {
  // One snapshot, so that what is appended meanwhile does not look like a break.
  return db.transaction((tx) => verify(tx, options.expectedHead), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  })
}

async function verify(db: Db, expectedHead: string | undefined): Promise<AuditVerification> {
  let head = GENESIS
  let length = 0
  let firstBreak: AuditBreak | null = null
  // From below 1, so that an entry slipped in before the first is seen too.
  for (let after = -(2 ** 31); ; ) {
    const links = await listAuditLinks(db, after, LINKS_A_BATCH)
    if (links.length === 0) break
    firstBreak ??= await findBreak(db, links, head, length)
    head = links.at(-1)!.hash
    length += links.length
    after = links.at(-1)!.position
  }
  firstBreak ??= await findMissingEnd(db, head, length, expectedHead)
  return { length, head, firstBreak }
}

async function findBreak(db: Db, links: AuditLink[], head: string, count: number): Promise<AuditBreak | null> {
  const latest = await listLatestPositions(db, links[0]!.position, links.at(-1)!.position)
  const contents = await loadContents(db, links)
  let previousHash = head
  for (const [index, link] of links.entries()) {
    const reason =
      linkFault(link, previousHash, count + index + 1) ??
      (latest.has(link.position) ? contentFault(link, contents.get(keyOf(link.kind, link.subject))) : null)
    if (reason) return { position: link.position, kind: link.kind, subject: link.subject, reason }
    previousHash = link.hash
  }
  return null
}

function linkFault(link: AuditLink, previousHash: string, expectedPosition: number): string | null {
  if (link.position !== expectedPosition) return `entry ${expectedPosition} is missing`
  if (link.previousHash !== previousHash) return 'it does not follow from the entry before it'
  const { position, kind, subject, recordedAt } = link
  const hash = entryHash(previousHash, position, kind, subject, link.contentHash, recordedAt)
  return hash === link.hash ? null : 'the entry was changed'
}

function contentFault(link: AuditLink, row: RowContent | undefined): string | null {
  if (!row) return 'the record it covers is gone'
  if (row.erased !== (link.kind === 'override_erased')) {
    return row.erased ? 'the record was erased without an entry' : 'the record was erased and is back'
  }
  return contentHash(row.content) === link.contentHash ? null : 'the record was changed after it was recorded'
}

interface RowContent {
  content: unknown
  erased: boolean
}

/** What the rows behind the links hold now, by kind and subject. */
async function loadContents(db: Db, links: AuditLink[]): Promise<Map<string, RowContent>> {
  const idsOf = (kinds: AuditKind[]) => [
    ...new Set(links.filter((link) => kinds.includes(link.kind)).map((link) => link.subject.id)),
  ]
  const contents = new Map<string, RowContent>()
  const put = (kind: AuditKind, workflow: string, id: string, content: unknown, erased = false) =>
    contents.set(keyOf(kind, { workflow, id }), { content, erased })
  const overrideIds = idsOf(['override', 'override_erased'])
  const decisionIds = idsOf(['allocation_decision'])
  const ruleIds = [...new Set(idsOf(['rule']).map((id) => id.slice(0, id.lastIndexOf('@'))))]
  for (const row of overrideIds.length ? await listOverrideRows(db, overrideIds) : []) {
    put('override', row.workflow, row.id, overrideContent(row), row.erasedAt !== null)
  }
  for (const row of decisionIds.length ? await listAllocationDecisionRows(db, decisionIds) : []) {
    put('allocation_decision', row.workflow, row.id, allocationDecisionContent(row))
  }
  for (const row of ruleIds.length ? await listRuleRows(db, ruleIds) : []) {
    put('rule', row.workflow, `${row.id}@${row.version}`, ruleVersionContent(row))
  }
  return contents
}

async function findMissingEnd(
  db: Db,
  head: string,
  length: number,
  expectedHead: string | undefined,
): Promise<AuditBreak | null> {
  const fault = (reason: string): AuditBreak => ({ position: null, kind: null, subject: null, reason })
  const stored = await findAuditHead(db)
  if (stored ? stored.position !== length || stored.hash !== head : length > 0) {
    return fault(
      `the chain ends at entry ${length}, not where it was last appended to (${stored?.position ?? 'unknown'})`,
    )
  }
  if (expectedHead !== undefined && expectedHead !== GENESIS && !(await isInChain(db, expectedHead))) {
    return fault('the expected head is not in the chain: it was cut off or rewritten')
  }
  const row = await findUnchainedRow(db)
  return (
    row && {
      ...fault('the record is not in the chain'),
      kind: row.kind,
      subject: { workflow: row.workflow, id: row.id },
    }
  )
}

function keyOf(kind: AuditKind, subject: { workflow: string; id: string }): string {
  return JSON.stringify([kind === 'override_erased' ? 'override' : kind, subject.workflow, subject.id])
}
