import type { Report } from '../domain/finding.ts'
import { Plan } from '../domain/plan.ts'
import { sayRevision } from '../narration/say-revision.ts'
import type { Db } from '../store/client.ts'
import { claimRevision, listAnswersWithLateData, noteRevisited, releaseRevision } from '../store/queries/late-data.ts'
import type { StoredAnswer } from '../store/queries/slack-answers.ts'

/** Answers older than this are past: who wants to know asks again. */
const DAYS = 14
/** Of one look. */
const MOST_ANSWERS = 20

export interface Revisiting {
  clock: () => Date
  explain(plan: Plan): Promise<Report>
  /** Tells the answer's thread. */
  tell(answer: StoredAnswer, said: readonly string[], report: Report): Promise<void>
  /** Told what could not be explained or told; what could not be told is tried again later. */
  onRefused(error: unknown, answer: StoredAnswer): void
}

/**
 * Explains again what was explained in threads and has got late data since, and tells the thread where that changes the
 * answer: once each, however many processes look. Gives how many threads were told.
 */
export async function revisitAnswers(db: Db, { clock, explain, tell, onRefused }: Revisiting): Promise<number> {
  const now = clock()
  let told = 0
  for (const stored of await listAnswersWithLateData(db, new Date(now.getTime() - DAYS * 86_400_000), MOST_ANSWERS)) {
    // First, so that one that cannot be explained any more does not come up again and again.
    await noteRevisited(db, stored.id, now)
    let isClaimed = false
    try {
      const report = await explain(Plan.parse(stored.answer.plan))
      const said = sayRevision(stored.answer.findings, report.findings)
      isClaimed = said.length > 0 && (await claimRevision(db, stored.id))
      if (!isClaimed) continue
      await tell(stored, said, report)
      told++
    } catch (error) {
      if (isClaimed) await releaseRevision(db, stored.id)
      onRefused(error, stored)
    }
  }
  return told
}
