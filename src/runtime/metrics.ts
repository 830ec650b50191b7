import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What /metrics shows. Names follow Prometheus' conventions: base units, `_total` for counters. */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'docket_http_request_duration_seconds',
      help: 'Time to answer HTTP requests.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10],
      registers: [registry],
    }),
    attributedTraces: new Counter({
      name: 'docket_attributed_traces_total',
      help: 'Traces whose facts were built or built again.',
      registers: [registry],
    }),
    attributionFailures: new Counter({
      name: 'docket_attribution_failures_total',
      help: 'Traces whose facts could not be built.',
      registers: [registry],
    }),
    pendingTraces: new Gauge({
      name: 'docket_pending_traces',
      help: 'Traces that wait for attribution.',
      registers: [registry],
    }),
    embeddingTokens: new Gauge({
      name: 'docket_embedding_tokens_today',
      help: 'Tokens that embedding took on this UTC day, over all processes.',
      registers: [registry],
    }),
    embeddingsWaiting: new Gauge({
      name: 'docket_embeddings_waiting',
      help: 'Memory entries that wait for a vector because the budget of the day is spent, or the endpoint asked to wait.',
      registers: [registry],
    }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
