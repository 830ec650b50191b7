import type { Unit } from './finding.ts'
import type { CalendarDate } from './period.ts'
import type { Metric } from './plan.ts'

/** A metric of a workflow that moved: to a new level and stayed there, or on one day alone. */
export interface Shift {
  metric: Metric
  kind: 'level' | 'day'
  /** First day on the new level (or the one day), and the days between which it lies with 95 %, both included. */
  date: CalendarDate
  from: CalendarDate
  to: CalendarDate
  /** Means of the days before and since (dollars a day for spend), in `unit`. */
  before: number
  after: number
  unit: Unit
  /** New level over the old one, weekdays and steady growth taken out. */
  ratio: number
  /** The step in standard deviations of a day. */
  sigmas: number
}

/** What an explanation came to, as far as a later question about something like it needs it. */
export interface ShiftCause {
  verdict: string
  driver: string | null
  segment: Record<string, string>
  /** Dollars of the period that were put down to it. */
  dollars: number | null
}

/** Shifts of one workflow that began at about the same time: one occasion, told once. */
export interface ShiftNotice {
  id: string
  workflow: string
  date: CalendarDate
  /** The leading one first. */
  shifts: Shift[]
  /** `past`: it was long over when it was first seen, so nobody was told. */
  state: 'new' | 'past'
  /** The question that explains it, in plain English. */
  question: string
  cause: ShiftCause | null
  noticedAt: Date
}
