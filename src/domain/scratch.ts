import { giveBack, LEAST_BYTES } from './give-back.ts'

/** What the computation under way has asked for; null outside of any. */
let taken: ArrayBufferView[] | null = null

/**
 * Runs a computation and gives the arrays of `scratch` that it asked for back when it is done, so that its result may hold none of them:
 * those of a year's items are tens of megabytes, and the collector comes for them when the next question has asked for as much again.
 * The computation must not wait for anything, or another one would take its arrays for its own.
 */
export function withScratch<Result>(compute: () => Result): Result {
  const outer = taken
  const own: ArrayBufferView[] = []
  taken = own
  try {
    return compute()
  } finally {
    taken = outer
    for (const array of own) giveBack(array)
  }
}

/** An array that is good until the computation under way is done; outside of one, an array like any other. */
export function scratch<Kind extends ArrayBufferView>(make: new (length: number) => Kind, length: number): Kind {
  const array = new make(length)
  if (array.byteLength >= LEAST_BYTES) taken?.push(array)
  return array
}
