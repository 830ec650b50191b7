import { CLOSED_WEEKS, CURRENT_WEEK, type DemoCalendar, dateOf } from './calendar.ts'
import { createRandom, type Random } from './seeded-random.ts'

export interface Volume {
  workflow: string
  /** Items in an average closed week. */
  perWeek: number
  /** Growth from week to week: 0.01 is one per cent. */
  growth: number
  /** Monday to Sunday; adds up to 1. */
  weekdays: readonly number[]
  /** Number of the first item; the others count up from it. */
  firstNumber: number
}

/** The week of the load is quieter than the ones before. */
const CURRENT_WEEK_LEVEL = 0.82

/** Items that arrive on a day. Depends on nothing but the seed, so that numbers stay the same whenever it is loaded. */
function arrivalsOn(volume: Volume, week: number, weekday: number): number {
  const random = createRandom(`${volume.workflow}/volume/${week}/${weekday}`)
  const level = (1 + volume.growth) ** (week - CLOSED_WEEKS / 2) * (week === CURRENT_WEEK ? CURRENT_WEEK_LEVEL : 1)
  return Math.round(volume.perWeek * level * volume.weekdays[weekday]! * random.around(1, 0.035))
}

/** How many items arrive on each day of a week; days from the load on have none. */
export function arrivalsOfWeek(calendar: DemoCalendar, volume: Volume, week: number): number[] {
  return volume.weekdays.map((_share, weekday) =>
    dateOf(calendar, week, weekday) < calendar.endDay ? arrivalsOn(volume, week, weekday) : 0,
  )
}

/** Number of the first item of a week. */
export function firstNumberOfWeek(volume: Volume, week: number): number {
  let number = volume.firstNumber
  for (let earlier = 0; earlier < week; earlier++) {
    for (let weekday = 0; weekday < 7; weekday++) number += arrivalsOn(volume, earlier, weekday)
  }
  return number
}

/** A time for each arrival, in order; most of a day's come around the middle of its hours (minutes after midnight). */
export function arrivalTimes(
  random: Random,
  perDay: readonly number[],
  hours: { from: number; to: number },
): { weekday: number; minutes: number }[] {
  return perDay.flatMap((count, weekday) =>
    Array.from(
      { length: count },
      () => hours.from + ((hours.to - hours.from) * (random.uniform() + random.uniform())) / 2,
    )
      .sort((a, b) => a - b)
      .map((minutes) => ({ weekday, minutes })),
  )
}
