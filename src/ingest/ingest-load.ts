/** What a process is being sent at this moment: calls that came and are not answered, and the bytes of their bodies. */
export interface IngestLoad {
  calls: number
  bytes: number
}

export function createIngestLoad(): IngestLoad {
  return { calls: 0, bytes: 0 }
}

/** A call alone is served beside other work; two at once are waiting for each other already. */
const CROWD = 2

export function isCrowded(load: IngestLoad): boolean {
  return load.calls >= CROWD
}
