export interface LinearFit {
  coefficients: number[]
  /** Covariance of the coefficients. */
  covariance: number[][]
  degreesOfFreedom: number
}

/**
 * Ordinary least squares by the normal equations (few, well-scaled columns). Null where the columns do not determine the
 * coefficients or no degree of freedom is left.
 */
export function fitLeastSquares(rows: readonly (readonly number[])[], values: readonly number[]): LinearFit | null {
  const width = rows[0]?.length ?? 0
  const degreesOfFreedom = rows.length - width
  if (width === 0 || degreesOfFreedom <= 0) return null
  const products = square(width, (i, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0))
  const inverse = invert(products)
  if (!inverse) return null
  const moments = Array.from({ length: width }, (_, i) => rows.reduce((sum, row, at) => sum + row[i]! * values[at]!, 0))
  const coefficients = inverse.map((line) => line.reduce((sum, cell, j) => sum + cell * moments[j]!, 0))
  const residual = rows.reduce((sum, row, at) => {
    const fitted = row.reduce((total, cell, j) => total + cell * coefficients[j]!, 0)
    return sum + (values[at]! - fitted) ** 2
  }, 0)
  const variance = residual / degreesOfFreedom
  return { coefficients, covariance: inverse.map((line) => line.map((cell) => cell * variance)), degreesOfFreedom }
}

function square(size: number, cell: (row: number, column: number) => number): number[][] {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => cell(i, j)))
}

/** Gauss–Jordan with pivots; null where the matrix is singular. */
function invert(matrix: readonly (readonly number[])[]): number[][] | null {
  const size = matrix.length
  const work = matrix.map((row, i) => [...row, ...Array.from({ length: size }, (_, j) => (i === j ? 1 : 0))])
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(work[row]![column]!) > Math.abs(work[pivot]![column]!)) pivot = row
    }
    const scale = work[pivot]![column]!
    if (Math.abs(scale) < 1e-9) return null
    ;[work[column], work[pivot]] = [work[pivot]!, work[column]!]
    work[column] = work[column]!.map((cell) => cell / scale)
    for (let row = 0; row < size; row++) {
      const factor = work[row]![column]!
      if (row !== column) work[row] = work[row]!.map((cell, j) => cell - factor * work[column]![j]!)
    }
  }
  return work.map((row) => row.slice(size))
}
