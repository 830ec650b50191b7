import type { Block } from '../../domain/answer.ts'
import type { TableSpec, Unit } from '../../domain/finding.ts'
import { truncateText } from '../escape-mrkdwn.ts'
import { formatValue } from '../format-number.ts'

const MOST_ROWS = 15
const MOST_COLUMNS = 7
const CELL_LENGTH = 60

/** A table of an answer as a native table; null where it has no rows. Rows that are left out are counted in the last one. */
export function tableBlock(spec: TableSpec): Block | null {
  if (spec.rows.length === 0 || spec.columns.length === 0) return null
  const columns = spec.columns.slice(0, MOST_COLUMNS)
  const header = columns.map((column) => cell(column.label))
  const rows = spec.rows
    .slice(0, MOST_ROWS)
    .map((row, at) => columns.map(({ unit }, index) => cell(written(row[index] ?? null, unitOf(spec, at, unit)))))
  const left = spec.rows.length - MOST_ROWS
  const more = left > 0 ? [columns.map((_, index) => cell(index === 0 ? `… and ${left} more` : '…'))] : []
  const settings = columns.map((column) => ({
    align: column.unit === 'text' ? 'left' : 'right',
    is_wrapped: column.unit === 'text',
  }))
  return { type: 'table', column_settings: settings, rows: [header, ...rows, ...more] }
}

function unitOf({ rowUnits }: TableSpec, row: number, unit: Unit | 'text'): Unit | 'text' {
  return unit === 'text' ? unit : (rowUnits?.[row] ?? unit)
}

function written(value: string | number | null, unit: Unit | 'text'): string {
  if (value === null) return '–'
  return typeof value === 'number' && unit === 'text' ? String(value) : formatValue(value, unit)
}

/** Cells are plain text: Slack reads no control characters in them. */
function cell(text: string) {
  return { type: 'raw_text', text: truncateText(text.trim(), CELL_LENGTH) || '–' }
}
