/** Stated confidence of every interval, unless an analysis says otherwise. */
export const LEVEL = 0.9

export interface Interval {
  low: number
  high: number
  level: number
}
