import { z } from 'zod'
import { isTimeZone } from '../domain/period.ts'
import type { Db } from '../store/client.ts'
import { createTranscriptReceiver } from './import-transcripts.ts'
import type { Member, Members } from './read-members.ts'
import type { Receipt } from './receipt.ts'
import { receiveOutcomes } from './receive-outcomes.ts'
import { receiveTraces } from './receive-traces.ts'

/** What a file's objects may leave open. `workflow` and `model` are for objects that name none. */
export const ImportInstructions = z.strictObject({
  format: z.enum(['transcripts', 'traces', 'outcomes']),
  workflow: z.string().min(1).max(255).nullable(),
  model: z.string().min(1).max(255).nullable(),
  /** First day of the first week, for runs without times. */
  start: z.iso.date(),
  timeZone: z.string().refine(isTimeZone, { error: 'expected an IANA time zone' }),
  /** Number of the first repeat, which is laid in the first week. */
  firstTrial: z.union([z.literal(0), z.literal(1)]),
})
export type ImportInstructions = z.infer<typeof ImportInstructions>

type Receive = (db: Db, members: Members, context: { now: Date; source: string }) => Promise<Receipt>

/** Takes a file's objects, batch by batch. */
export function createImportReceiver({ format, workflow, ...settings }: ImportInstructions): Receive {
  if (format === 'transcripts') return createTranscriptReceiver({ workflow, ...settings })
  const receive = format === 'traces' ? receiveTraces : receiveOutcomes
  return (db, members, context) =>
    receive(db, workflow === null ? members : members.map((member) => withWorkflow(member, workflow)), context)
}

/** For `importFile`: takes the batches in this process. */
export function importInto(
  db: Db,
  clock: () => Date,
): (instructions: ImportInstructions) => (members: Members) => Promise<Receipt> {
  return (instructions) => {
    const receive = createImportReceiver(instructions)
    return (members) => receive(db, members, { now: clock(), source: 'import' })
  }
}

function withWorkflow(member: Member, workflow: string): Member {
  if (!('value' in member) || member.value === null || typeof member.value !== 'object') return member
  return 'workflow' in member.value ? member : { ...member, value: { ...member.value, workflow } }
}
