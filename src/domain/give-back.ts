/** What is smaller is cheap for the collector, and dear to give back one by one. */
export const LEAST_BYTES = 4096

/**
 * Gives the memory of arrays back at once: the collector comes late to what is large and outside of its heap, and by then a question about a
 * year has asked for as much again. They are empty after it, so only their owner may. Small ones are left alone.
 */
export function giveBack(...arrays: readonly (ArrayBufferView | null)[]): void {
  for (const array of arrays) {
    // A view of a part shares its memory with others.
    if (array === null || array.byteLength < LEAST_BYTES || array.byteLength !== array.buffer.byteLength) continue
    if (array.buffer instanceof ArrayBuffer) array.buffer.transfer(0)
  }
}
