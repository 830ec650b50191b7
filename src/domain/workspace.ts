import type { CalendarDate } from './period.ts'

/** A segment dimension and the values seen for it: what a question may filter by or group by. */
export interface Dimension {
  name: string
  /** Distinct values as text, most frequent first; bounded. */
  values: string[]
  /** Workflows that carry it; absent: any. */
  workflows?: string[]
}

/** A workflow as a question may name it. */
export interface KnownWorkflow {
  name: string
  /** What one work item is called; null until somebody has said. */
  unit: string | null
  /** First and last day with work, in the reader's zone; null where unknown or none. */
  firstDay: CalendarDate | null
  lastDay: CalendarDate | null
}

/** Everything that the words of a question are matched against. */
export interface Workspace {
  workflows: KnownWorkflow[]
  dimensions: Dimension[]
}
