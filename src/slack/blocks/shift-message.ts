import type { Answer, Block } from '../../domain/answer.ts'
import { type CalendarDate, dateIn } from '../../domain/period.ts'
import type { Shift, ShiftNotice } from '../../domain/shift.ts'
import { escapeMrkdwn, escapeWithin } from '../../narration/escape-mrkdwn.ts'
import { formatDay } from '../../narration/format-dates.ts'
import { formatValue } from '../../narration/format-number.ts'
import { METRIC_NAMES } from '../../narration/metric-names.ts'
import { ACTIONS } from '../ids.ts'
import { actions, context, type Message, section } from '../message.ts'

export const MUTE_WEEKS = 4
/** The answer's first sentences; the rest is behind "Explain". */
const MOST_PARAGRAPHS = 2

/** A shift as it is told: what moved and since when, the first lines of its explanation, and what one can do. */
export function shiftMessage(notice: ShiftNotice, answer: Answer, now: Date, timeZone: string): Message {
  const today = dateIn(now, timeZone)
  const headline = sayShifts(notice, today)
  const lines = answer.blocks.filter(isParagraph).slice(0, MOST_PARAGRAPHS)
  return {
    text: escapeWithin(headline, 1000),
    blocks: [
      section(`*${escapeWithin(headline, 1000)}*`),
      ...lines,
      ...actions('shift_actions', [
        { label: 'Explain', actionId: ACTIONS.explainShift, value: notice.id, style: 'primary' },
        muteButton(notice.workflow),
      ]),
      context(
        `Told once. “Mute” stops this for ${escapeMrkdwn(notice.workflow)} for ${MUTE_WEEKS} weeks; its setting \`"watch": false\` for good.`,
      ),
    ],
  }
}

export function muteButton(workflow: string) {
  return { label: 'Mute', actionId: ACTIONS.muteShifts, value: workflow }
}

/** "claims moved on Tue 17 Nov (16–18 Nov): override rate 1.5 % → 6.0 %." */
export function sayShifts({ workflow, shifts }: Pick<ShiftNotice, 'workflow' | 'shifts'>, today: CalendarDate): string {
  const [first] = shifts
  if (!first) return workflow
  const between =
    first.from === first.to ? '' : `, likely between ${formatDay(first.from, today)} and ${formatDay(first.to, today)}`
  const when =
    first.kind === 'day'
      ? `${workflow} stood out on ${formatDay(first.date, today)}`
      : `${workflow} moved on ${formatDay(first.date, today)}${between}`
  return `${when}: ${shifts.map(sayShift).join('; ')}.`
}

function sayShift({ metric, before, after, unit }: Shift): string {
  const daily = metric === 'spend' ? ' a day' : ''
  return `${METRIC_NAMES[metric]} ${formatValue(before, unit)}${daily} → ${formatValue(after, unit)}${daily}`
}

function isParagraph(block: Block): boolean {
  return block.type === 'section'
}
