import type { Citation, Report } from '../../domain/finding.ts'
import type { Narration } from '../../narration/narration.ts'

/** What a question came to, before it is checked, phrased and laid out. */
export interface DraftedAnswer {
  narration: Narration
  report: Report
  citations: Citation[]
  followUps: string[]
  /** Texts that the words may take numbers from beside the findings: ids, titles, the question's own words. */
  names: string[]
  /** Whether a model may put it into other words. */
  mayBeRephrased: boolean
}

export const EMPTY_REPORT: Report = { findings: [], tables: [], charts: [], citations: [], caveats: [], followUps: [] }
