/**
 * By which Slack calls back from answers and digests. Ids must differ inside one block, so follow-ups are numbered:
 * `follow_up`, `follow_up_2` …; match them with `FOLLOW_UP_PATTERN`.
 */
export const ACTION_IDS = {
  /** Value: the question to ask in the same thread. */
  followUp: 'follow_up',
  /** Value: JSON of a `TracesRequest`. */
  showTraces: 'show_traces',
  /** Value: JSON `{workflow?, workItemId?}` to fill the form with. */
  recordOverride: 'record_override',
  feedback: 'feedback',
  shareAnswer: 'share_answer',
} as const

export const FOLLOW_UP_PATTERN = /^follow_up(_\d+)?$/

export function followUpActionId(index: number): string {
  return index === 0 ? ACTION_IDS.followUp : `${ACTION_IDS.followUp}_${index + 1}`
}

/** Values of the two buttons of `feedback_buttons`. */
export const FEEDBACK_VALUES = { helpful: 'helpful', notHelpful: 'not_helpful' } as const
