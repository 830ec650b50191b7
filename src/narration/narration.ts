import type { Finding, Report } from '../domain/finding.ts'
import type { CalendarDate, Period } from '../domain/period.ts'
import type { Plan } from '../domain/plan.ts'

/** `strong`: the one that a reader in a hurry needs. */
export interface Sentence {
  text: string
  strong?: boolean
}

/** An answer in words: first what can be forwarded, then what it rests on, then what to do next. */
export interface Narration {
  lead: Sentence[]
  /** Further paragraphs. */
  body: Sentence[][]
  restsOn: string[]
  /** Further figures that the words use, computed from the findings: they join the answer's findings. */
  derived: Finding[]
}

/** An override or a decision that bears on the answer, as memory has it. */
export interface Remembered {
  title: string
  kind: string
  occurredOn: CalendarDate
}

export interface NarrationInput {
  plan: Plan
  report: Report
  /** What one work item is called. */
  unit: string
  /** The day of the question's "now". */
  today: CalendarDate
  timeZone: string
  /** Last day with work, where the question's own time had none and an earlier one is shown instead. */
  movedTo: CalendarDate | null
  remembered: Remembered[]
  /** What the question takes for granted. */
  premise?: 'rise' | 'fall' | null
}

export type Narrator = (input: NarrationInput) => Narration

/** The periods of an answer: the plan's, else the first finding's. */
export function periodsOf(input: NarrationInput): { period: Period | null; comparison: Period | null } {
  const { plan, report } = input
  const first = report.findings[0]
  return {
    period: plan.period ?? first?.period ?? null,
    comparison: plan.comparison ?? report.findings.find((finding) => finding.comparedWith)?.comparedWith ?? null,
  }
}

/** A sentence of each text that there is. */
export function sentences(...texts: (string | null | undefined | false)[]): Sentence[] {
  return texts.flatMap((text) => (text ? [{ text }] : []))
}

export function textOfNarration(narration: Narration): string {
  const paragraphs = [narration.lead, ...narration.body].map((paragraph) => paragraph.map((one) => one.text).join(' '))
  const rests = narration.restsOn.length > 0 ? [`Rests on ${narration.restsOn.join(' · ')}.`] : []
  return [...paragraphs, ...rests].filter(Boolean).join('\n')
}
