/** Assumed paces, for runs without times: a model call by what it wrote, a tool, and a person's turn. */
const MODEL_MILLISECONDS = 800
const MILLISECONDS_A_TOKEN = 15
const TOOL_MILLISECONDS = 500
const PERSON_MILLISECONDS = 20_000

export type StepPace = { kind: 'model'; outputTokens: number } | { kind: 'tool' } | { kind: 'person' }

/**
 * Start and end of each step, one after the other from `start`. Where the run's end is known they are stretched or
 * pressed to fill it.
 */
export function timeSteps(
  paces: readonly StepPace[],
  start: Date,
  end: Date | null,
): { startedAt: Date; endedAt: Date }[] {
  const lengths = paces.map((pace) => {
    if (pace.kind === 'tool') return TOOL_MILLISECONDS
    return pace.kind === 'person' ? PERSON_MILLISECONDS : MODEL_MILLISECONDS + pace.outputTokens * MILLISECONDS_A_TOKEN
  })
  const total = lengths.reduce((sum, length) => sum + length, 0)
  const scale = end && total > 0 ? Math.max(0, end.getTime() - start.getTime()) / total : 1
  let elapsed = 0
  return lengths.map((length) => {
    const startedAt = new Date(start.getTime() + Math.round(elapsed * scale))
    elapsed += length
    return { startedAt, endedAt: new Date(start.getTime() + Math.round(elapsed * scale)) }
  })
}
