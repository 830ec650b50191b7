/** A statement takes at most 65,535 parameters; this many rows of any of our tables stay below. */
const ROWS_A_STATEMENT = 2000

/** Runs `write` over the rows in parts, one after the other, and joins what it returns. */
export async function inChunks<Row, Result>(
  rows: readonly Row[],
  write: (part: Row[]) => Promise<Result[]>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    for (const result of await write(rows.slice(start, start + ROWS_A_STATEMENT))) results.push(result)
  }
  return results
}
