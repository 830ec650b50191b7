import { type DayReading, detailOf } from '../../attribution/item-days/day-reading.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { RunFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { addKnown } from '../../domain/usage.ts'
import type { DocumentContext } from './context-tables.ts'
import { createDayPricer, priceDocument, priceUnusedDocuments, type UnusedDocuments } from './price-unused-documents.ts'

export interface DocumentSums {
  documents: number
  told: number
  used: number
  unused: number
  unusedPriced: number
  unusedMicros: MicroDollars
}

type ByDocument = Map<string, DocumentContext>

export function addDocumentsOf(
  sums: DocumentSums,
  byDocument: ByDocument,
  run: RunFact,
  prices: ReadonlyMap<string, number>,
): void {
  const unused = priceUnusedDocuments(run, prices)
  if (unused.documents === 0) return
  addUnused(sums, unused)
  for (const { id, used, tokens } of run.documents) {
    addDocument(sums, rowOf(byDocument, id), used, tokens ?? null, unused.price)
  }
}

/** The same of the runs of one packed day, of which the row of each document is looked up once. */
export function createDayDocuments(
  sums: DocumentSums,
  byDocument: ByDocument,
  reading: DayReading,
  prices: ReadonlyMap<string, number>,
) {
  const unusedOf = createDayPricer(reading, prices)
  const { run: starts, used, tokens, id, ids } = detailOf(reading, 'documents').columns
  const rows = new Array<DocumentContext | undefined>(ids.length)
  return (run: number): void => {
    const unused = unusedOf(run)
    if (unused.documents === 0) return
    addUnused(sums, unused)
    for (let index = starts[run]!; index < starts[run + 1]!; index++) {
      const code = id[index]! - 1
      const row = rows[code] ?? rowOf(byDocument, ids[code]!)
      rows[code] = row
      const told = nullableAt(used, index)
      addDocument(sums, row, told === null ? null : told === 1, nullableAt(tokens, index), unused.price)
    }
  }
}

function addUnused(sums: DocumentSums, { documents, count, priced, micros }: UnusedDocuments): void {
  sums.documents += documents
  sums.unused += count
  sums.unusedPriced += priced
  sums.unusedMicros += micros ?? 0
}

function rowOf(byDocument: ByDocument, id: string): DocumentContext {
  let row = byDocument.get(id)
  if (!row) {
    row = { runs: 0, told: 0, used: 0, micros: null }
    byDocument.set(id, row)
  }
  return row
}

function addDocument(
  sums: DocumentSums,
  row: DocumentContext,
  used: boolean | null,
  tokens: number | null,
  price: number | null,
): void {
  row.runs++
  if (used === null) return
  row.told++
  sums.told++
  if (used) {
    row.used++
    sums.used++
  } else row.micros = addKnown(row.micros, priceDocument(tokens, price))
}
