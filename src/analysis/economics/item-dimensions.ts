import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import { RunView } from '../../attribution/item-days/run-view.ts'
import type { ModelUse, RunFact, WorkItemFact } from '../../domain/facts.ts'
import { type CalendarDate, dateIn, startOfWeek } from '../../domain/period.ts'
import type { AttributeValue } from '../../domain/span.ts'
import { DAY_KIND, dayKindOf } from './day-kind.ts'
import { eachDay } from './each-day.ts'

/** What a group is called where the value is not given. */
export const NOT_GIVEN = '(not given)'

/** Dimensions of the agent's side and of time; everything else is an attribute of the work item. */
export const AGENT_DIMENSIONS = ['agentVersion', 'promptVersion', 'model'] as const
/** Dimensions of a correction itself. */
export const CORRECTION_DIMENSIONS = ['rule', 'actor', 'reason', 'decision'] as const
/** Parts of runs and ladders of spending that a question may ask for; they split no items. */
export const RUN_PARTS = ['step', 'document', 'tool', 'attempt', 'context', 'spend'] as const
export const TIME_DIMENSIONS = ['day', 'week', 'month'] as const

const ALIASES: Readonly<Record<string, string>> = {
  agent: 'agentName',
  agentname: 'agentName',
  agentversion: 'agentVersion',
  version: 'agentVersion',
  prompt: 'promptVersion',
  promptversion: 'promptVersion',
  model: 'model',
  workflow: 'workflow',
  day: 'day',
  week: 'week',
  month: 'month',
}

/**
 * The name that the dimension has here: `agent_version` and "agent version" are `agentVersion`. An attribute keeps its name,
 * and wins where the items have one of that very name.
 */
export function dimensionNamed(name: string, items: ItemList = []): string {
  if (haveAttribute(items, name)) return name
  return ALIASES[name.toLowerCase().replaceAll(/[\s_-]/g, '')] ?? name
}

function haveAttribute(items: ItemList, name: string): boolean {
  let isFound = false
  eachDay(items, {
    rows(rows, from, to, { figures }) {
      const column = figures.attributes.get(name)
      for (let place = from; column && !isFound && place < to; place++) isFound = column.codes[rows[place]!] !== 0
    },
    fact(item) {
      isFound ||= attributeOf(item, name) !== undefined
    },
  })
  return isFound
}

/** Of attributes that any of the items has, in order. */
export function namesOfAttributes(items: ItemList): string[] {
  const names = new Set<string>()
  eachDay(items, {
    rows(rows, from, to, { figures }) {
      for (const [name, { codes }] of figures.attributes) {
        if (!names.has(name) && rows.subarray(from, to).some((row) => codes[row] !== 0)) names.add(name)
      }
    },
    fact({ attributes }) {
      for (const name of Object.keys(attributes)) names.add(name)
    },
  })
  return [...names].sort()
}

/**
 * The one value of an item in a dimension, so that groups add up to the whole; null where not given. Agent version, prompt
 * version and model are those of the first attempt: what the item was first given to carries its retries and corrections.
 * The model is the one that cost most in that attempt. Days, and kinds of days, are those in which the item closed.
 */
export function valueOfItem(item: WorkItemFact, dimension: string, timeZone: string): string | null {
  const attribute = attributeOf(item, dimension)
  if (attribute !== undefined) return textOf(attribute)
  if (dimension === 'workflow') return item.workflow
  if (isTimeDimension(dimension)) return timeValue(item.closedAt, dimension, timeZone)
  if (dimension === DAY_KIND) return item.closedAt && dayKindOf(dayOf(item.closedAt, timeZone))
  return valueOfRun(item.runs[0], dimension)
}

/** The item's own attribute of that name; undefined where it has none. */
export function attributeOf(item: WorkItemFact, name: string): AttributeValue | undefined {
  if (item instanceof ItemView) return item.attribute(name) ?? undefined
  return Object.hasOwn(item.attributes, name) ? item.attributes[name] : undefined
}

/** When a run started, in milliseconds since 1970: of one from a packed day no date is made. */
export function startTimeOf(run: RunFact): number {
  return run instanceof RunView ? run.startTime : run.startedAt.getTime()
}

/** The value of a run in a dimension of the agent's side; null where not given or where the dimension is another's. */
export function valueOfRun(run: RunFact | undefined, dimension: string): string | null {
  if (!run) return null
  if (dimension === 'agentVersion') return run.agentVersion
  if (dimension === 'promptVersion') return run.promptVersion
  if (dimension === 'agentName') return run.agentName
  if (dimension === 'model') return mainModel(run)
  return null
}

/**
 * The model that cost most in the run; where a price is unknown, the one with most tokens, because an unpriced model would
 * look cheap. Equal ones by calls, then by name.
 */
export function mainModel(run: RunFact): string | null {
  if (run instanceof RunView) return run.mainModel
  const isPriced = run.models.every((use) => use.unpricedCalls === 0)
  const weightOf = (use: ModelUse) => (isPriced ? use.costMicros : (use.inputTokens ?? 0) + (use.outputTokens ?? 0))
  let main: ModelUse | null = null
  for (const use of run.models) {
    if (main === null) main = use
    const lead = weightOf(use) - weightOf(main) || use.calls - main.calls
    if (lead > 0 || (lead === 0 && use.model < main.model)) main = use
  }
  return main?.model ?? null
}

export function isTimeDimension(dimension: string): boolean {
  return (TIME_DIMENSIONS as readonly string[]).includes(dimension)
}

/** `2026-11-16` for a day or the Monday of a week, `2026-11` for a month. */
export function timeValue(instant: Date | null, dimension: string, timeZone: string): string | null {
  return instant && timeValueAt(instant.getTime(), dimension, timeZone)
}

/** The same of milliseconds since 1970. */
export function timeValueAt(time: number, dimension: string, timeZone: string): string {
  const date = dayAt(time, timeZone)
  if (dimension === 'week') return weekOf(date)
  return dimension === 'month' ? date.slice(0, 7) : date
}

const weekOfDay = new Map<CalendarDate, CalendarDate>()

function weekOf(date: CalendarDate): CalendarDate {
  let week = weekOfDay.get(date)
  if (week === undefined) {
    week = startOfWeek(date)
    weekOfDay.set(date, week)
  }
  return week
}

const dayOfQuarterHour = new Map<string, Map<number, CalendarDate>>()
const QUARTER_HOUR = 900_000

/** The calendar day of an instant. */
export function dayOf(instant: Date, timeZone: string): CalendarDate {
  return dayAt(instant.getTime(), timeZone)
}

/** Of what is asked for one after the other much lies in one quarter of an hour. */
let last = { timeZone: '', quarter: Number.NaN, day: '' }

/** Of milliseconds since 1970. Every zone's days begin on a quarter of an hour, so each of those is worked out once. */
export function dayAt(time: number, timeZone: string): CalendarDate {
  const quarter = Math.floor(time / QUARTER_HOUR)
  if (quarter === last.quarter && timeZone === last.timeZone) return last.day
  let days = dayOfQuarterHour.get(timeZone)
  if (!days) {
    days = new Map()
    dayOfQuarterHour.set(timeZone, days)
  }
  let day = days.get(quarter)
  if (day === undefined) {
    day = dateIn(new Date(time), timeZone)
    days.set(quarter, day)
  }
  last = { timeZone, quarter, day }
  return day
}

export function textOf(value: string | number | boolean | undefined): string | null {
  return value === undefined ? null : String(value)
}
