/** The numbers at these places, in their order. */
export function pickNumbers(numbers: Float64Array | Uint8Array, places: Uint32Array): Float64Array {
  const picked = new Float64Array(places.length)
  for (let index = 0; index < picked.length; index++) picked[index] = numbers[places[index]!]!
  return picked
}
