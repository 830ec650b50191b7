import type { CalendarDate } from '../../domain/period.ts'
import { layInWeek } from './lay-in-week.ts'
import type { Transcript } from './transcript.ts'

export interface ImportSettings {
  workflow: string | null
  model: string | null
  /** First day of the first week, for runs without times. */
  start: CalendarDate
  timeZone: string
  /** Number that the first repeat has in the file: 0 or 1. */
  firstTrial: 0 | 1
}

/** Which work item a run belongs to, which try at it, and when. */
export interface RunPlace {
  workItemId: string
  attempt: number | null
  attributes: Record<string, string>
  startedAt: Date
  endedAt: Date | null
}

const BETWEEN_ATTEMPTS = 45 * 60_000

/**
 * A repeat (`trial`) is a unit of work of its own, `ITEM-k` for the k-th, that shares the attribute `request` with the
 * other repeats of its input: so each counts in the cost per resolved item, and their spread can be seen. An `attempt`
 * is a further try at the same item. Throws a RangeError where a time cannot be read.
 */
export function placeRun(transcript: Transcript, fallbackId: string, settings: ImportSettings): RunPlace {
  const item = transcript.workItemId ?? taskName(transcript.task_id) ?? fallbackId
  const { trial } = transcript
  const repeat = trial == null ? null : Math.max(1, trial - settings.firstTrial + 1)
  const attempt = transcript.attempt ?? null
  const startedAt = transcript.startedAt == null ? null : readTime(transcript.startedAt)
  const laid = layInWeek(item, repeat ?? 1, settings.start, settings.timeZone)
  return {
    workItemId: repeat === null ? item : `${item}-${repeat}`,
    attempt,
    attributes: repeat === null ? {} : { request: item },
    startedAt: startedAt ?? new Date(laid.getTime() + ((attempt ?? 1) - 1) * BETWEEN_ATTEMPTS),
    endedAt: startedAt === null || transcript.endedAt == null ? null : readTime(transcript.endedAt),
  }
}

/** The number of a task says little beside other ids. A work item's own id stays as it is: outcomes name it so. */
function taskName(task: string | null | undefined): string | null {
  if (task == null) return null
  return /^\d+$/.test(task) ? `task-${task}` : task
}

/** ISO text, or a number of seconds or milliseconds since 1970. */
export function readTime(value: string | number): Date {
  const time = typeof value === 'number' ? new Date(value < 1e11 ? value * 1000 : value) : new Date(value)
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1970 || time.getUTCFullYear() > 2199) {
    throw new RangeError(`not a time: ${String(value).slice(0, 40)}`)
  }
  return time
}
