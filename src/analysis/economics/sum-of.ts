export function sumOf(numbers: Float64Array | Uint8Array): number {
  let sum = 0
  for (let index = 0; index < numbers.length; index++) sum += numbers[index]!
  return sum
}
