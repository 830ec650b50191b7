import { createReadStream } from 'node:fs'
import { addDays, type CalendarDate, dateIn, startOfWeek } from '../domain/period.ts'
import { Problem } from '../domain/problem.ts'
import type { ImportInstructions } from './create-import-receiver.ts'
import type { Member, Members } from './read-members.ts'
import type { Receipt, Rejection } from './receipt.ts'
import { type JsonText, readJsonValues } from './transcripts/read-json-values.ts'
import { type FileSurvey, type ImportFormat, surveyFile } from './transcripts/survey-file.ts'

export interface ImportOptions {
  path: string
  /** Absent: told from the first object of the file. */
  format?: ImportFormat | undefined
  /** For objects that name none. */
  workflow?: string | undefined
  model?: string | undefined
  /** First day of the first week, for runs without times. Absent: such that the last week is the last whole one. */
  start?: CalendarDate | undefined
  timeZone?: string | undefined
  onProgress?: ((progress: ImportProgress) => void) | undefined
  clock?: (() => Date) | undefined
}

/** Takes the batches of a file: this process into its database, or a running server. */
export type CreateReceiver = (settings: ImportInstructions) => (members: Members) => Promise<Receipt>

export interface ImportProgress {
  /** Objects read so far, and how many there are. */
  read: number
  total: number
  accepted: number
  duplicates: number
  rejected: number
}

export interface ImportSummary extends ImportProgress {
  format: ImportFormat
  /** The first twenty. */
  problems: Rejection[]
}

const MEMBERS_A_BATCH = 50
const CHARACTERS_A_BATCH = 4 * 1024 * 1024
const PROBLEMS_KEPT = 20

/**
 * Loads a file of transcripts, traces or outcomes, in memory that does not grow with it. Each batch is committed, and
 * everything has a stable id: an import that was broken off may be run again and adds only what is missing. Throws a
 * Problem where the file cannot be read or holds nothing of the kind.
 */
export async function importFile(createReceiver: CreateReceiver, options: ImportOptions): Promise<ImportSummary> {
  const clock = options.clock ?? (() => new Date())
  const survey = await surveyFile(chunksOf(options.path), options.format)
  const settings = settingsFor(survey, options, clock())
  const receive = createReceiver(settings)
  const summary: ImportSummary = {
    format: survey.format,
    read: 0,
    total: survey.total,
    accepted: 0,
    duplicates: 0,
    rejected: 0,
    problems: [],
  }
  for await (const members of batchesOf(readJsonValues(chunksOf(options.path)))) {
    const receipt = await receive(members)
    summary.read += members.length
    summary.accepted += receipt.accepted
    summary.duplicates += receipt.duplicates
    summary.rejected += receipt.rejected.length
    summary.problems.push(...receipt.rejected.slice(0, PROBLEMS_KEPT - summary.problems.length))
    options.onProgress?.({ ...summary })
  }
  return summary
}

function settingsFor(survey: FileSurvey, options: ImportOptions, now: Date): ImportInstructions {
  const timeZone = options.timeZone ?? 'UTC'
  const weeks = Math.max(1, survey.lastTrial - survey.firstTrial + 1)
  return {
    format: survey.format,
    workflow: options.workflow ?? null,
    model: options.model ?? null,
    start: options.start ?? addDays(startOfWeek(dateIn(now, timeZone)), -7 * weeks),
    timeZone,
    firstTrial: survey.firstTrial,
  }
}

async function* batchesOf(values: AsyncIterable<JsonText>): AsyncGenerator<Member[]> {
  let batch: Member[] = []
  let characters = 0
  for await (const value of values) {
    batch.push(memberOf(value))
    characters += 'text' in value ? value.text.length : 0
    if (batch.length < MEMBERS_A_BATCH && characters < CHARACTERS_A_BATCH) continue
    yield batch
    batch = []
    characters = 0
  }
  if (batch.length > 0) yield batch
}

function memberOf(value: JsonText): Member {
  if ('unreadable' in value) return value
  try {
    return { index: value.index, value: JSON.parse(value.text) as unknown }
  } catch (error) {
    return { index: value.index, unreadable: `not JSON: ${(error as Error).message}` }
  }
}

async function* chunksOf(path: string): AsyncGenerator<string> {
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: 1024 * 1024 })) {
      yield chunk as string
    }
  } catch (cause) {
    throw new Problem('file_unreadable', `Cannot read ${path}: ${(cause as Error).message}.`, { cause })
  }
}
