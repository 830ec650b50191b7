import type { DayCell, PackedDay } from '../../store/queries/item-days.ts'
import { readCell } from './cell.ts'
import { readDetails } from './day-details.ts'
import { DayFigures } from './day-figures.ts'
import { DayReading } from './day-reading.ts'
import { ItemView } from './item-view.ts'
import type { PackableItem } from './packable-item.ts'
import { readLatest } from './read-days.ts'

/** The items of a packed day, with every part, ready to be packed again. */
export function unpackDay(packed: PackedDay & Record<DayCell, Uint8Array>): PackableItem[] {
  const figures = new DayFigures(packed.workflow, packed.day, readCell(packed.figures))
  const reading = new DayReading(figures, null, readDetails(packed))
  const { earliest, latest, recorded } = readLatest(readCell(packed.latest))
  return Array.from({ length: figures.size }, (_, row) => ({
    fact: new ItemView(reading, row),
    earliest: figures.start + earliest[row]!,
    latest: figures.start + latest[row]! * 1000,
    recorded: figures.start + recorded[row]! * 1000,
  }))
}
