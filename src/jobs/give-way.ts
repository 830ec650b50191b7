/** After work of `worked` milliseconds: rests, as far as others need the time. */
export type GiveWay = (worked: number) => Promise<void>

/** The share of the time that work in the background keeps while others need it, so that it never stands still. */
const SHARE = 0.2
/** Longest rest, and how often it is asked whether it must go on, in milliseconds. */
const LONGEST = 2000
const LOOK = 20

/**
 * Lets the calls that somebody waits for go first: facts and memory can be a little later, an acknowledgement cannot.
 * Where nobody waits, nothing rests.
 */
export function createGiveWay(isNeeded: () => boolean): GiveWay {
  return async (worked) => {
    const until = performance.now() + Math.min(worked * (1 / SHARE - 1), LONGEST)
    while (isNeeded() && performance.now() < until) {
      await new Promise((done) => setTimeout(done, LOOK))
    }
  }
}
