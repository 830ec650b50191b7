import { sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import { getMarker } from './get-marker.ts'

/** How far a model's vectors go. */
export interface EmbeddingCoverage {
  /** Every entry has had a vector of the model once: only entries that came since may lack one. */
  isFilled: boolean
  /** Entries without a vector when it was last looked. */
  waiting: number
}

const markerOf = (model: string) => `embeddings:${model}`

export async function readEmbeddingCoverage(db: Db, model: string): Promise<EmbeddingCoverage> {
  return ((await getMarker(db, markerOf(model))) as EmbeddingCoverage | null) ?? { isFilled: false, waiting: 0 }
}

/** Notes that every entry has a vector of the model. */
export async function noteEmbeddingsFilled(db: Db, model: string): Promise<void> {
  const value = JSON.stringify({ isFilled: true, waiting: 0 } satisfies EmbeddingCoverage)
  await db.execute(sql`insert into markers (name, value, updated_at) values (${markerOf(model)}, ${value}::jsonb, now())
    on conflict (name) do update set value = excluded.value, updated_at = now() where markers.value <> excluded.value`)
}

/** Counts the entries that lack a vector of the model, and notes how many they are. */
export async function noteEmbeddingsWaiting(db: Db, model: string): Promise<void> {
  await selectRows(
    db,
    sql`insert into markers as marker (name, value, updated_at)
      select ${markerOf(model)}, jsonb_build_object('isFilled', false, 'waiting', count(*)), now()
      from memory_entries entry where known_until is null and not exists (
        select 1 from memory_embeddings known where known.model = ${model} and known.entry = entry.number)
      on conflict (name) do update set updated_at = now(),
        value = marker.value || jsonb_build_object('waiting', excluded.value -> 'waiting')`,
  )
}
