import type { RawSpan } from '../otlp/raw-span.ts'
import { genAi } from './gen-ai.ts'
import { langfuse } from './langfuse.ts'
import { langSmith } from './langsmith.ts'
import { mlflow } from './mlflow.ts'
import { openInference } from './openinference.ts'
import { openLlmetry } from './openllmetry.ts'
import { plain } from './plain.ts'
import type { Dialect } from './reading.ts'
import { vercelAi } from './vercel-ai.ts'

/** In order of precedence: a span may carry several, and what the first leaves unsaid the next may say. */
const DIALECTS: readonly Dialect[] = [langfuse, openInference, openLlmetry, langSmith, mlflow, vercelAi, genAi, plain]

/** The dialects that a span carries, one at least, in order of precedence. */
export interface SpokenDialects {
  dialects: readonly Dialect[]
  /** Whether one of them reads the attribute of that name into the input, output, documents or tool. */
  isPayload(name: string): boolean
}

/** What a name says to each dialect: a bit for its place among them. */
interface Name {
  marks: number
  payloads: number
}

/** Names are few and come with every span; a sender of names without end makes this begin anew. */
const MOST_NAMES = 4096
const LONGEST_REMEMBERED = 128
const names = new Map<string, Name>()

function nameOf(text: string): Name {
  const known = names.get(text)
  if (known) return known
  const name = {
    marks: bitsOf(({ marks }) => marks?.test(text) ?? false),
    payloads: bitsOf(({ payloads }) => payloads.test(text)),
  }
  if (text.length > LONGEST_REMEMBERED) return name
  if (names.size >= MOST_NAMES) names.clear()
  names.set(text, name)
  return name
}

/** By the bits of the dialects in them. */
const combinations = new Map<number, SpokenDialects>()

export function spokenDialects(span: RawSpan): SpokenDialects {
  let bits = bitsOf((dialect) => dialect.isMarked?.(span) ?? false)
  for (const name in span.attributes) bits |= nameOf(name).marks
  let spoken = combinations.get(bits)
  if (!spoken) {
    spoken = {
      dialects: DIALECTS.filter((_, place) => (bits & (1 << place)) !== 0),
      isPayload: (name) => (nameOf(name).payloads & bits) !== 0,
    }
    combinations.set(bits, spoken)
  }
  return spoken
}

function bitsOf(holds: (dialect: Dialect) => boolean): number {
  return DIALECTS.reduce((bits, dialect, place) => (holds(dialect) ? bits | (1 << place) : bits), 0)
}
