import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { checkRichText } from './check-rich-text.ts'
import type { Fields, Report } from './report.ts'

export function checkTable(block: Fields, pointer: string, report: Report): void {
  report.object(block, pointer, ['type', 'block_id', 'rows', 'column_settings'])
  checkRows(block.rows, pointer, report, {
    rows: SLACK_LIMITS.tableRows,
    leastRows: 1,
    columns: SLACK_LIMITS.tableColumns,
  })
  if (block.column_settings !== undefined)
    report.list(block.column_settings, `${pointer}/column_settings`, SLACK_LIMITS.tableColumns, 0)
}

export function checkDataTable(block: Fields, pointer: string, report: Report): void {
  report.object(block, pointer, ['type', 'block_id', 'rows', 'caption', 'page_size', 'row_header_column_index'])
  report.text(block.caption, `${pointer}/caption`, SLACK_LIMITS.sectionText)
  report.number(block.page_size, `${pointer}/page_size`, 1, SLACK_LIMITS.dataTablePageSize, true)
  report.number(
    block.row_header_column_index,
    `${pointer}/row_header_column_index`,
    0,
    SLACK_LIMITS.dataTableColumns - 1,
    true,
  )
  const characters = checkRows(block.rows, pointer, report, {
    rows: SLACK_LIMITS.dataTableRows,
    leastRows: 2,
    columns: SLACK_LIMITS.dataTableColumns,
  })
  if (characters > SLACK_LIMITS.dataTableText)
    report.add(`${pointer}/rows`, `no more than ${SLACK_LIMITS.dataTableText} characters allowed`)
  const header: unknown = Array.isArray(block.rows) ? block.rows[0] : null
  if (Array.isArray(header) && header.some((cell: Fields) => cell?.type === 'rich_text'))
    report.add(`${pointer}/rows/0`, 'rich_text is not allowed in the header')
}

/** Checks every cell and gives the characters of all of them. */
function checkRows(
  value: unknown,
  pointer: string,
  report: Report,
  limits: { rows: number; leastRows: number; columns: number },
): number {
  const rows = report.list(value, `${pointer}/rows`, limits.rows, limits.leastRows)
  let characters = 0
  rows.forEach((row, rowIndex) => {
    const at = `${pointer}/rows/${rowIndex}`
    const cells = report.list(row, at, limits.columns)
    if (Array.isArray(rows[0]) && cells.length !== rows[0].length)
      report.add(at, 'all rows must have the same number of cells')
    cells.forEach((cell, index) => {
      characters += checkCell(cell, `${at}/${index}`, report)
    })
  })
  return characters
}

function checkCell(value: unknown, pointer: string, report: Report): number {
  const cell = report.object(value, pointer, ['type', 'text', 'value', 'elements', 'block_id'])
  if (!cell) return 0
  if (cell.type === 'raw_text')
    return report.text(cell.text, `${pointer}/text`, SLACK_LIMITS.dataTableText)?.length ?? 0
  if (cell.type === 'raw_number') {
    report.number(cell.value, `${pointer}/value`, -Number.MAX_VALUE, Number.MAX_VALUE)
    return report.text(cell.text, `${pointer}/text`, SLACK_LIMITS.dataTableText)?.length ?? 0
  }
  if (cell.type === 'rich_text') return checkRichText(cell, pointer, report)
  report.add(`${pointer}/type`, `unsupported type: ${String(cell.type)}`)
  return 0
}
