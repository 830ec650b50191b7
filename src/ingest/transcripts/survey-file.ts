import { Problem } from '../../domain/problem.ts'
import { readJsonValues } from './read-json-values.ts'

export const IMPORT_FORMATS = ['transcripts', 'traces', 'outcomes'] as const
export type ImportFormat = (typeof IMPORT_FORMATS)[number]

export interface FileSurvey {
  format: ImportFormat
  /** Objects in the file. */
  total: number
  /** Whether its repeats are numbered from 0 or from 1. */
  firstTrial: 0 | 1
  lastTrial: number
}

const TRIAL = /"trial"\s*:\s*(\d{1,6})\b/

/** Reads a file through once, to know what the import of its first object must know already. */
export async function surveyFile(chunks: AsyncIterable<string>, format: ImportFormat | undefined): Promise<FileSurvey> {
  let found = format
  let total = 0
  const trials = new Set<number>()
  for await (const value of readJsonValues(chunks)) {
    total += 1
    if (!('text' in value)) continue
    found ??= formatOf(value.text)
    if (found !== 'transcripts') continue
    const trial = ownTrial(value.text)
    if (trial !== null) trials.add(trial)
  }
  if (total === 0) throw new Problem('file_empty', 'The file holds no JSON objects.')
  if (!found) {
    throw new Problem('format_unknown', 'The file holds neither transcripts, nor traces, nor outcomes.', {
      nextStep: `Say what it is with --format ${IMPORT_FORMATS.join('|')}.`,
    })
  }
  return {
    format: found,
    total,
    firstTrial: trials.size === 0 || trials.has(0) ? 0 : 1,
    lastTrial: trials.size === 0 ? 0 : Math.max(...trials),
  }
}

/** Parsed only where the pattern is in the text: a message may speak of a trial too. */
function ownTrial(text: string): number | null {
  if (text.search(TRIAL) < 0) return null
  const value = parsed(text)?.trial
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null
}

function formatOf(text: string): ImportFormat | undefined {
  const value = parsed(text)
  if (!value) return undefined
  if ('messages' in value || 'traj' in value) return 'transcripts'
  if ('steps' in value || 'traceId' in value) return 'traces'
  if ('status' in value && 'workItemId' in value) return 'outcomes'
  return 'startedAt' in value ? 'traces' : undefined
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return null
  }
}
