import { setTimeout as sleep } from 'node:timers/promises'
import type { AnalysisContext } from './analysis/analysis.ts'
import { catalogue } from './analysis/catalogue.ts'
import { findWorkflowDimensions } from './analysis/economics/find-workflow-dimensions.ts'
import { createAnswerer } from './answer/create-answerer.ts'
import { reattributeRuns } from './attribution/reattribute-runs.ts'
import { setContractPrices } from './attribution/set-contract-prices.ts'
import { composeDigest, type Digest } from './digest/compose-digest.ts'
import { workflowFigures } from './digest/workflow-figures.ts'
import type { Answer, AskRequest } from './domain/answer.ts'
import type { Report } from './domain/finding.ts'
import { fromDollars, toDollars } from './domain/money.ts'
import { correctionCost, type Override } from './domain/override.ts'
import type { CalendarDate } from './domain/period.ts'
import type { Plan } from './domain/plan.ts'
import { loadRedactor } from './ingest/load-redactor.ts'
import { recordOverride } from './ingest/record-override.ts'
import { confirmCandidate, dismissCandidate } from './ingest/settle-candidate.ts'
import { createModelClient, type ModelClient } from './llm/client.ts'
import { createLocalEmbedder } from './llm/embed-locally.ts'
import { createRemoteEmbedder } from './llm/embed-remotely.ts'
import type { Embedder } from './llm/embedder.ts'
import { confirmRule, retireRule } from './memory/confirm-rule.ts'
import { createEmbeddingMeter } from './memory/embedding-meter.ts'
import { indexPending } from './memory/index-pending.ts'
import { saveDecision } from './memory/save-decision.ts'
import { searchMemory } from './memory/search-memory.ts'
import type { Config } from './runtime/config.ts'
import type { Logger } from './runtime/logging.ts'
import type { SlackServices } from './slack/services.ts'
import type { Database, Db } from './store/client.ts'
import { getWorkflow } from './store/queries/get-workflow.ts'
import { listContractPrices } from './store/queries/list-contract-prices.ts'
import { listWorkflows } from './store/queries/list-workflows.ts'
import { markWorkflowItems } from './store/queries/mark-workflow-items.ts'
import { putWorkflow } from './store/queries/put-workflow.ts'
import { type Jobs, lastWeek } from './wire-jobs.ts'

export interface Services {
  ask(request: AskRequest): Promise<Answer>
  composeDigest(week: CalendarDate): Promise<Digest>
  /** What is left of a workflow's budget in its current period; null where there is none or what was spent is unknown. */
  remainingBudget(workflow: string): Promise<{ amountUsd: number; from: CalendarDate; to: CalendarDate } | null>
  /** The analysis by itself, as agents ask for it. */
  explainChange(plan: Plan, standpoint: { asOf: Date | null; knownAt: Date | null }): Promise<Report>
  /** Waits until what was acknowledged can be read: its facts, and the newest entries of memory. */
  settle(): Promise<boolean>
  /** Has questions wait (a minute at most) for work that would make their answers misleading, such as half a demo. */
  holdQuestions(until: Promise<unknown>): void
  embedder: Embedder
  /** A chat model, where one is configured. */
  model: ModelClient | null
  slack: SlackServices
}

/** What the doors call: plain functions over one database. */
export function wireServices(parts: {
  database: Database
  jobs: Jobs
  config: Config
  clock: () => Date
  baseUrl: string
  logger: Logger
}): Services {
  const { database, jobs, config, clock, baseUrl, logger } = parts
  const { db } = database
  const embedder = embedderOf(config, db, clock, logger)
  const model = modelOf(config)
  // What was recorded a moment ago is to be found: its words at once, its vectors when the job comes to it.
  const indexFresh = () => indexPending(database, null, FRESH_SOURCES)
  let held: Promise<unknown> = Promise.resolve()
  const settle = async () => {
    await Promise.race([held, sleep(MOST_HOLDING, null, { ref: false })])
    const isSettled = await jobs.settle()
    await indexFresh()
    return isSettled
  }
  const answerer = createAnswerer({
    db,
    catalogue,
    embed: embedder,
    searchMemory: (on, search) => searchMemory(on, { ...search, embed: embedder }),
    settle,
    model,
    clock,
    timeZone: config.TIMEZONE,
    baseUrl,
    onDroppedSentence: (analysis, unknown) =>
      logger.error({ analysis, unknown }, 'a template wrote figures that no finding has; the sentence was left out'),
    onModelFailure: (error) => logger.warn({ err: error }, 'the model was of no help; the answer is from the template'),
  })
  const analysisContext = async (): Promise<AnalysisContext> => ({
    db,
    standpoint: { asOf: clock(), knownAt: null, timeZone: config.TIMEZONE },
    baseUrl,
    workflows: await listWorkflows(db),
  })
  const compose = async (week: CalendarDate) => {
    await jobs.settle()
    return composeDigest({ ...(await analysisContext()), catalogue }, week)
  }
  const figures = async () => {
    await jobs.settle()
    return workflowFigures(await analysisContext())
  }
  const withCost = async (recorded: { override: Override; duplicate: boolean }) => {
    jobs.wake()
    const { workflow, minutes } = recorded.override
    const rate = (await getWorkflow(db, workflow))?.correctionHourlyRate
    return { ...recorded, costMicros: correctionCost(minutes, rate === undefined ? null : fromDollars(rate)) }
  }
  return {
    ask: answerer.ask,
    composeDigest: compose,
    remainingBudget: async (workflow) => {
      const budget = (await figures()).find(({ name }) => name === workflow)?.budget
      if (!budget || budget.spentMicros === null) return null
      return { amountUsd: toDollars(fromDollars(budget.amount) - budget.spentMicros), from: budget.from, to: budget.to }
    },
    explainChange: async (plan, { asOf, knownAt }) => {
      await jobs.settle()
      const context = await analysisContext()
      const standpoint = { ...context.standpoint, asOf: asOf ?? clock(), knownAt }
      return catalogue.get('explain_change')!.run({ ...context, standpoint }, plan)
    },
    settle,
    holdQuestions: (until) => {
      held = until
    },
    embedder,
    model,
    slack: {
      ask: answerer.ask,
      recordOverride: async (input) => withCost(await recordOverride(db, input, clock())),
      confirmCandidate: async (id, said) => withCost(await confirmCandidate(db, id, said, clock)),
      dismissCandidate: (id, actor) => dismissCandidate(db, id, actor, clock()),
      composeDigest: (week) => compose(week ?? lastWeek(clock(), config.TIMEZONE)),
      searchMemory: async ({ text, limit }) => {
        await indexFresh()
        return searchMemory(db, { text, limit, embed: embedder })
      },
      saveDecision: async (decision) => {
        const redact = await loadRedactor(db, decision.workflow)
        const clean = {
          ...decision,
          title: redact(decision.title),
          text: redact(decision.text),
          messages: (decision.messages ?? []).map((message) => ({ ...message, text: redact(message.text) })),
        }
        const saved = await saveDecision(db, clean, clock())
        jobs.wake()
        return saved
      },
      confirmRule: async (rule) => {
        const redact = await loadRedactor(db, rule.workflow)
        const confirmed = await confirmRule(db, { ...rule, text: redact(rule.text) }, clock())
        jobs.wake()
        return confirmed
      },
      retireRule: async (rule) => {
        const retired = await retireRule(db, rule, clock())
        jobs.wake()
        return retired
      },
      listWorkflows: figures,
      listWorkflowNames: async () => (await listWorkflows(db)).map(({ name }) => name),
      listWorkflowSettings: () => listWorkflows(db),
      listContractPrices: () => listContractPrices(db),
      setContractPrice: async (price, by) => (await setContractPrices(db, [price], { by, at: clock() }))[0]!,
      repriceRuns: async (request, tell) => {
        const asked = await reattributeRuns(db, { because: 'prices', ...request, requestedAt: clock() })
        jobs.finishRepricing(asked.id, tell)
        return asked
      },
      loadWorkflow: async (name) => {
        const workflow = await getWorkflow(db, name)
        return workflow && { workflow, found: (await findWorkflowDimensions(db, name)).dimensions }
      },
      saveWorkflow: async (name, settings) => {
        await putWorkflow(db, name, settings, clock())
        await markWorkflowItems(db, name, clock())
        jobs.wake()
      },
    },
  }
}

/** In milliseconds. */
const MOST_HOLDING = 60_000

/** Sources indexed while a person waits; a longer backlog is the worker's. */
const FRESH_SOURCES = 100

function modelOf(config: Config): ModelClient | null {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: model } = config
  // Endpoints of one's own often ask for no key, but the client insists on one.
  return model && (apiKey || baseUrl) ? createModelClient({ baseUrl, apiKey: apiKey ?? 'none', model }) : null
}

function embedderOf(config: Config, db: Db, clock: () => Date, logger: Logger): Embedder {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, EMBEDDING_MODEL: model } = config
  if (!model || !(apiKey || baseUrl)) return createLocalEmbedder()
  const meter = createEmbeddingMeter(db, {
    tokensPerDay: config.EMBEDDING_BUDGET_TOKENS_PER_DAY ?? null,
    clock,
    onSpent: (day) => logger.warn({ day }, 'the budget for embeddings is spent; what is left waits for tomorrow'),
  })
  return createRemoteEmbedder({
    model,
    dimensions: config.EMBEDDING_DIMENSIONS,
    apiKey: apiKey ?? 'none',
    baseUrl,
    meter,
    onUnavailable: (error) => logger.warn({ err: error }, 'no vectors for questions; search goes on by words'),
  })
}
