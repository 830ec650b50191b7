/** Why one member of a request was refused. `path` is the place in the member, empty where it is the member itself. */
export interface Rejection {
  index: number
  path: string
  message: string
}

/** The answer to everything that is sent, but for OTLP. Indices count from 0, blank lines apart. */
export interface Receipt {
  accepted: number
  duplicates: number
  rejected: Rejection[]
  /** Accepted, but something in it was not understood: unknown fields, most often a typing error. */
  warnings?: Rejection[]
}

export function receiptOf(
  counts: { accepted: number; duplicates: number },
  rejected: Rejection[],
  warnings: Rejection[],
): Receipt {
  return { ...counts, rejected, ...(warnings.length > 0 && { warnings }) }
}
