import { type ContractPrice, ContractPriceInput } from '../domain/contract-price.ts'
import { addDays, type CalendarDate, startOfDay } from '../domain/period.ts'

/** A contract price as a person writes it: dollars per million tokens, from a day to a last day. Null: not said. */
export interface WrittenPrice
  extends Omit<ContractPrice, 'id' | 'validFrom' | 'validUntil' | 'recordedAt' | 'recordedBy'> {
  firstDay: CalendarDate
  lastDay: CalendarDate | null
}

/** Fields of a written price, each of which may be wrong. */
export type PriceField = keyof WrittenPrice

export type ReadPrice =
  | { ok: true; price: ContractPriceInput }
  | { ok: false; errors: Partial<Record<PriceField, string>> }

/** The price that a person wrote, its days being those of `timeZone`; or what is wrong with it, field by field. */
export function readPrice({ firstDay, lastDay, ...rest }: WrittenPrice, timeZone: string): ReadPrice {
  if (lastDay !== null && lastDay < firstDay) {
    return { ok: false, errors: { lastDay: 'The last day is before the first.' } }
  }
  const parsed = ContractPriceInput.safeParse({
    ...rest,
    validFrom: startOfDay(firstDay, timeZone).toISOString(),
    validUntil: lastDay === null ? null : startOfDay(addDays(lastDay, 1), timeZone).toISOString(),
  })
  if (parsed.success) return { ok: true, price: parsed.data }
  const errors: Partial<Record<PriceField, string>> = {}
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0]) as PriceField
    errors[field in rest ? field : 'firstDay'] ??=
      field === 'inputPerMillion' && path.length === 1 && rest.inputPerMillion === null
        ? 'Give a price for input, for output, or for both.'
        : `${message}.`
  }
  return { ok: false, errors }
}

/** Dollars as people write them: `2`, `$2.00`, `1,200.5`. Null where it is no amount from 0. */
export function readAmount(text: string): number | null {
  return /^\$?\s*\d[\d,]*(?:\.\d+)?$|^\$?\s*\.\d+$/.test(text) ? Number(text.replace(/[$,\s]/g, '')) : null
}
