/**
 * Gives the memory of arrays back at once, with all that shares it: the collector comes late to what is large and outside of its heap.
 * Nothing may read them after it.
 */
export function releaseArrays(arrays: Iterable<ArrayBufferView>): void {
  for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer) buffer.transfer(0)
}
