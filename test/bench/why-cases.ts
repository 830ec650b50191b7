import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'
import type { LocalisationData } from '../../src/analysis/why/localise.ts'

/** A case of a localisation benchmark: its data, read when asked for, and the planted causes in text form. */
export type WhyCase = {
  readonly name: string
  readonly expected: readonly string[]
  readonly load: () => LocalisationData
}

/** Cases of a folder: with `anomaly.yaml` rates by minute, else leaves (`real`, `predict`) with `injection_info.csv`. */
export function listWhyCases(directory: string): WhyCase[] {
  const rateList = join(directory, 'anomaly.yaml')
  return existsSync(rateList) ? listRateCases(directory, rateList) : listLeafCases(directory)
}

/** A cause in one form whatever the order of its conditions. */
export function canonicalCause(cause: string): string {
  return cause.split('&').sort().join('&')
}

function listLeafCases(directory: string): WhyCase[] {
  const info = readTable(findFile(directory, 'injection_info'))
  return info.rows.map((row) => {
    const name = row[info.header.indexOf('timestamp')]!
    return {
      name,
      expected: row[info.header.indexOf('set')]!.split(';').filter((cause) => cause !== ''),
      load: () => {
        const { header, rows } = readTable(findFile(directory, name))
        const numbers = (column: string) => Float64Array.from(rows, (cells) => Number(cells[header.indexOf(column)]))
        return {
          dimensions: columnsOf(header, rows, ['real', 'predict']),
          measure: { actual: numbers('real'), expected: numbers('predict') },
        }
      },
    }
  })
}

type RateAnomaly = {
  data: string | number
  timestamp: number | string
  cause: Record<string, unknown> | Record<string, unknown>[]
}

function listRateCases(directory: string, list: string): WhyCase[] {
  const anomalies = parse(readFileSync(list, 'utf8')) as RateAnomaly[]
  return anomalies.map(({ data, timestamp, cause }) => ({
    name: String(data),
    expected: [cause].flat().map((conditions) =>
      Object.entries(conditions)
        .map(([dimension, value]) => `${dimension}=${value}`)
        .join('&'),
    ),
    load: () => {
      const { header, rows } = readTable(findFile(directory, String(data)))
      const numbers = (column: string) => Float64Array.from(rows, (cells) => Number(cells[header.indexOf(column)]))
      return {
        dimensions: columnsOf(header, rows, ['min', 'value', 'cnt']),
        measure: { time: numbers('min'), part: numbers('value'), whole: numbers('cnt'), at: Number(timestamp) },
      }
    },
  }))
}

function columnsOf(header: readonly string[], rows: readonly string[][], measures: readonly string[]) {
  return header.flatMap((name, column) =>
    measures.includes(name) ? [] : [{ name, values: rows.map((cells) => cells[column] ?? null) }],
  )
}

function findFile(directory: string, stem: string): string {
  const wanted = [stem, `${stem}.csv`, `${stem}.csv.gz`]
  const found = readdirSync(directory).find((file) => wanted.includes(file))
  if (found === undefined) throw new Error(`no ${stem}.csv or ${stem}.csv.gz in ${directory}`)
  return join(directory, found)
}

function readTable(file: string): { header: string[]; rows: string[][] } {
  const bytes = readFileSync(file)
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replace(/^\uFEFF/, '')
  const lines = text.split(/\r?\n/).filter((line) => line !== '')
  const [header = [], ...rows] = lines.map((line) => line.split(','))
  return { header, rows }
}
