import { z } from 'zod'
import { Timestamp } from './timestamp.ts'

/** A day; of an instant its day in UTC. */
const Day = z.union([z.iso.date(), Timestamp.transform((instant) => instant.toISOString().slice(0, 10))], {
  error: 'expected a day such as 2026-11-17',
})

/** Body of `POST /webhooks/operating-metrics`: a figure of the operation itself over a half-open period of days. */
export const OperatingMetricInput = z
  .strictObject({
    id: z.string().min(1).max(255).optional(),
    workflow: z.string().min(1).max(255).nullish(),
    metric: z.string().min(1).max(255),
    value: z.number(),
    unit: z.string().min(1).max(64),
    periodStart: Day,
    periodEnd: Day,
  })
  .refine((metric) => metric.periodStart < metric.periodEnd, {
    message: 'periodStart must be before periodEnd',
    path: ['periodEnd'],
  })
export type OperatingMetricInput = z.infer<typeof OperatingMetricInput>

export interface OperatingMetric {
  id: string
  workflow: string | null
  metric: string
  value: number
  unit: string
  periodStart: string
  periodEnd: string
  recordedAt: Date
}
