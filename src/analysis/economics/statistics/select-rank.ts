/** Below this many numbers between two ends, no sample is taken to choose the pivot from. */
const LEAST_SAMPLED = 600

/**
 * The number that would stand at place `rank` (from 0) if all were sorted. Moves them so that no smaller one stands after it
 * and no larger one before it (Floyd and Rivest, Algorithm 489: about n + rank comparisons). None may be NaN.
 */
export function selectRank(numbers: Float64Array, rank: number): number {
  moveBetween(numbers, rank, 0, numbers.length - 1)
  return numbers[rank]!
}

function moveBetween(numbers: Float64Array, rank: number, from: number, to: number): void {
  let [left, right] = [from, to]
  while (right > left) {
    if (right - left > LEAST_SAMPLED) {
      const size = right - left + 1
      const place = rank - left + 1
      const logarithm = Math.log(size)
      const sample = 0.5 * Math.exp((2 * logarithm) / 3)
      const shift = 0.5 * Math.sqrt((logarithm * sample * (size - sample)) / size) * (place < size / 2 ? -1 : 1)
      const low = Math.max(left, Math.floor(rank - (place * sample) / size + shift))
      const high = Math.min(right, Math.floor(rank + ((size - place) * sample) / size + shift))
      moveBetween(numbers, rank, low, high)
    }
    const pivot = numbers[rank]!
    let [up, down] = [left, right]
    swap(numbers, left, rank)
    if (numbers[right]! > pivot) swap(numbers, left, right)
    while (up < down) {
      swap(numbers, up++, down--)
      while (numbers[up]! < pivot) up++
      while (numbers[down]! > pivot) down--
    }
    if (numbers[left] === pivot) swap(numbers, left, down)
    else swap(numbers, ++down, right)
    if (down <= rank) left = down + 1
    if (rank <= down) right = down - 1
  }
}

function swap(numbers: Float64Array, place: number, other: number): void {
  const number = numbers[place]!
  numbers[place] = numbers[other]!
  numbers[other] = number
}
