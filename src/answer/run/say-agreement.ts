import type { PrecedentReport } from '../../memory/precedent.ts'
import { countOf } from '../../narration/format-number.ts'

/** Whether earlier cases agree, in a sentence; empty where none of them was decided. */
export function sayAgreement({ agreement, decisions, precedents }: PrecedentReport): string {
  const [first, ...others] = decisions
  if (!first) return ''
  const decided = decisions.reduce((sum, one) => sum + one.count, 0)
  const counted = decisions.map((one) => `${one.decision} in ${one.count}`).join(', ')
  switch (agreement) {
    case 'single':
      return `One of them was decided: ${first.decision}.`
    case 'agree':
      return `They agree: ${first.decision} in all ${countOf(decided, 'case', 'cases')} that were decided.`
    case 'contradict': {
      const apart = others
        .flatMap((one) => one.precedents)
        .map((id) => precedents.find((precedent) => precedent.id === id))
        .map((precedent) => precedent?.workItemId ?? precedent?.title ?? '')
      return `They contradict each other: ${counted}. Look at ${[...new Set(apart)].slice(0, 3).join(', ')} before you rely on one.`
    }
    default:
      return `They were decided differently, and are not alike: ${counted}.`
  }
}
