import { html, useState, type VNode } from '../preact.js'
import type { Directory } from '../text/directory.ts'
import type { Block, Fields } from '../types.ts'
import { RichText } from './rich-text.ts'

const DEFAULT_PAGE = 5

/** table and data_table: the latter sorts by a column and turns pages. */
export function DataTable({ block, directory }: { block: Block; directory: Directory }): VNode {
  const [sort, setSort] = useState<{ column: number; down: boolean } | null>(null)
  const [page, setPage] = useState(0)
  const [header = [], ...rows] = block.rows as Fields[][]
  const interactive = block.type === 'data_table'
  const size = interactive ? Number(block.page_size ?? DEFAULT_PAGE) : rows.length
  const sorted =
    sort === null
      ? rows
      : rows.toSorted((left, right) => compare(left[sort.column], right[sort.column]) * (sort.down ? -1 : 1))
  const pages = Math.max(1, Math.ceil(rows.length / size))
  const shown = sorted.slice(page * size, (page + 1) * size)
  const settings = (block.column_settings ?? []) as { align?: string; is_wrapped?: boolean }[]
  const align = (column: number) =>
    settings[column]?.align ??
    (rows.length > 0 && rows.every((row) => row[column]?.type === 'raw_number') ? 'right' : 'left')
  const isUnbroken = (column: number) =>
    align(column) === 'right' || (!interactive && settings[column]?.is_wrapped !== true)
  const turn = (column: number) =>
    setSort((now) => (now?.column === column ? { column, down: !now.down } : { column, down: true }))
  const headCell = (cell: Fields, column: number) =>
    interactive
      ? html`<th scope="col" style=${{ textAlign: align(column) }} aria-sort=${sort?.column === column ? (sort.down ? 'descending' : 'ascending') : 'none'}>
          <button type="button" class="sort" onClick=${() => turn(column)}>${cellContent(cell, directory)}<span aria-hidden="true">${sort?.column === column ? (sort.down ? ' ▾' : ' ▴') : ''}</span></button>
        </th>`
      : html`<th scope="col" style=${{ textAlign: align(column) }}>${cellContent(cell, directory)}</th>`
  return html`<div class="table-frame">
    <table>
      ${block.caption && html`<caption>${String(block.caption)}</caption>`}
      <thead><tr>${header.map(headCell)}</tr></thead>
      <tbody>${shown.map((row) => html`<tr>${row.map((cell, column) => html`<td class=${isUnbroken(column) ? 'unbroken' : ''} style=${{ textAlign: align(column) }}>${cellContent(cell, directory)}</td>`)}</tr>`)}</tbody>
    </table>
    ${
      pages > 1 &&
      html`<div class="pages">
      <button type="button" class="button quiet" disabled=${page === 0} onClick=${() => setPage(page - 1)}>Previous</button>
      <span>${page * size + 1}–${Math.min(rows.length, (page + 1) * size)} of ${rows.length}</span>
      <button type="button" class="button quiet" disabled=${page >= pages - 1} onClick=${() => setPage(page + 1)}>Next</button>
    </div>`
    }
  </div>`
}

function cellContent(cell: Fields, directory: Directory): VNode {
  return cell.type === 'rich_text'
    ? html`<${RichText} elements=${cell.elements} directory=${directory} />`
    : html`${String(cell.text ?? '')}`
}

function compare(left: Fields | undefined, right: Fields | undefined): number {
  if (left?.type === 'raw_number' && right?.type === 'raw_number') return Number(left.value) - Number(right.value)
  return String(left?.text ?? '').localeCompare(String(right?.text ?? ''), undefined, { numeric: true })
}
