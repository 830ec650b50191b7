export type Attributes = Record<string, unknown>

/** A span as OTLP carries it, its ids in lower-case hex, before any dialect has read it. */
export interface RawSpan {
  traceId: string
  spanId: string
  parentId: string | null
  name: string
  startedAt: Date
  endedAt: Date | null
  /** 0 unset, 1 ok, 2 error. */
  statusCode: number
  statusMessage: string
  attributes: Attributes
  events: { name: string; attributes: Attributes }[]
  resource: Attributes
  scope: string
}
