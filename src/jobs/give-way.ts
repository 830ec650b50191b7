/** After work of `worked` milliseconds: rests, as far as others need the time. */
export type GiveWay = (worked: number) => Promise<void>

/** What work in the background keeps for itself while others need the time. */
export interface Keeping {
  /** Of the time, so that it never stands still. */
  share: number
  /** Longest rest, in milliseconds. */
  longest: number
}

/** How often it is asked whether it must go on resting, in milliseconds. */
const LOOK = 20

/**
 * Lets the calls that somebody waits for go first: facts and memory can be a little later, an acknowledgement cannot.
 * Where nobody waits, nothing rests.
 */
export function createGiveWay(isNeeded: () => boolean, { share, longest }: Keeping): GiveWay {
  return async (worked) => {
    const until = performance.now() + Math.min(worked * (1 / share - 1), longest)
    while (isNeeded() && performance.now() < until) {
      await new Promise((done) => setTimeout(done, LOOK))
    }
  }
}
