/** A change of numerator ÷ denominator, split; the parts add up to `change`. In the numerator's unit per denominator. */
export type RatioChange = {
  readonly before: number
  readonly after: number
  readonly change: number
  readonly fromNumerator: number
  readonly fromDenominator: number
}

/**
 * Splits Δ(C/D), e.g. cost per resolved item, or Δ(T/p): ½ΔC(1/D₀ + 1/D₁) + ½(C₀ + C₁)(1/D₁ − 1/D₀). Null where a
 * denominator is 0: then there is no ratio, only its parts.
 */
export function splitRatioChange(
  before: { readonly numerator: number; readonly denominator: number },
  after: { readonly numerator: number; readonly denominator: number },
): RatioChange | null {
  if (before.denominator === 0 || after.denominator === 0) return null
  const inverseBefore = 1 / before.denominator
  const inverseAfter = 1 / after.denominator
  const old = before.numerator * inverseBefore
  const now = after.numerator * inverseAfter
  return {
    before: old,
    after: now,
    change: now - old,
    fromNumerator: 0.5 * (after.numerator - before.numerator) * (inverseBefore + inverseAfter),
    fromDenominator: 0.5 * (before.numerator + after.numerator) * (inverseAfter - inverseBefore),
  }
}
