import type { Db } from '../store/client.ts'
import { dollarsBreach } from './check-limits.ts'
import type { NormalisedTrace } from './normalise-trace.ts'
import { parseMember } from './parse-member.ts'
import type { Members } from './read-members.ts'
import { type Receipt, type Rejection, receiptOf } from './receipt.ts'
import { storeTraces } from './store-traces.ts'
import { createTokenCounter, type TokenCounter } from './transcripts/count-tokens.ts'
import { normaliseTranscript } from './transcripts/normalise-transcript.ts'
import type { ImportSettings } from './transcripts/place-run.ts'
import { Transcript } from './transcripts/transcript.ts'

/** Takes transcripts one batch after the other; counts tokens with one counter a model. */
export function createTranscriptReceiver(settings: ImportSettings) {
  const counters = new Map<string, Promise<TokenCounter>>()
  const counterFor = (model: string): Promise<TokenCounter> => {
    const known = counters.get(model)
    if (known) return known
    const made = createTokenCounter(model)
    counters.set(model, made)
    return made
  }

  async function normalise(transcript: Transcript, now: Date): Promise<NormalisedTrace | Omit<Rejection, 'index'>> {
    const workflow = transcript.workflow ?? settings.workflow
    const model = transcript.model ?? settings.model
    if (!workflow) return { path: 'workflow', message: 'not given: name one with --workflow' }
    if (!model) return { path: 'model', message: 'not given: name one with --model' }
    const breach = dollarsBreach(
      'outcome.value',
      typeof transcript.outcome === 'object' ? transcript.outcome?.value : null,
    )
    if (breach) return breach
    try {
      return normaliseTranscript(transcript, { ...settings, workflow, model }, await counterFor(model), now)
    } catch (error) {
      if (error instanceof RangeError) return { path: '', message: error.message }
      throw error
    }
  }

  return async (db: Db, members: Members, context: { now: Date; source: string }): Promise<Receipt> => {
    const traces: NormalisedTrace[] = []
    const rejected: Rejection[] = []
    for (const member of members) {
      const { index } = member
      const parsed = parseMember(Transcript, member)
      const result = parsed.ok ? await normalise(parsed.value, context.now) : parsed
      if ('spans' in result) traces.push(result)
      else rejected.push({ index, path: result.path, message: result.message })
    }
    const accepted = await storeTraces(db, traces, context.now)
    return receiptOf({ accepted, duplicates: traces.length - accepted }, rejected, [])
  }
}
