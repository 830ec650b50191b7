import type { ChangeEvent } from '../../domain/change-event.ts'
import type { Db } from '../client.ts'
import { changeEvents } from '../schema/events.ts'
import { inChunks } from './in-chunks.ts'

/** Stores change events; one whose id is there already is left as it is. Returns the keys of the new ones. */
export async function insertChangeEvents(
  tx: Db,
  rows: readonly ChangeEvent[],
): Promise<{ workflow: string; id: string }[]> {
  return inChunks(rows, (part) =>
    tx
      .insert(changeEvents)
      .values(part.map((row) => ({ ...row, workflow: row.workflow ?? '' })))
      .onConflictDoNothing()
      .returning({ workflow: changeEvents.workflow, id: changeEvents.id }),
  )
}
