import { findDimensions } from '../../src/analysis/economics/find-dimensions.ts'
import { reattributeRuns } from '../../src/attribution/reattribute-runs.ts'
import { setContractPrices } from '../../src/attribution/set-contract-prices.ts'
import type { Answer, AskRequest } from '../../src/domain/answer.ts'
import type { MemoryHit } from '../../src/domain/memory-entry.ts'
import type { Override, OverrideInput } from '../../src/domain/override.ts'
import type { Workflow } from '../../src/domain/workflow.ts'
import { confirmCandidate, dismissCandidate } from '../../src/ingest/settle-candidate.ts'
import { confirmRule, retireRule } from '../../src/memory/confirm-rule.ts'
import type { DecisionToSave } from '../../src/memory/save-decision.ts'
import { createPlayground, type Playground } from '../../src/playground/create-playground.ts'
import { createSlackApp, type SlackApp } from '../../src/slack/create-slack-app.ts'
import type { SlackServices } from '../../src/slack/services.ts'
import type { Db } from '../../src/store/client.ts'
import { listContractPrices } from '../../src/store/queries/list-contract-prices.ts'
import { overrides } from '../../src/store/schema/events.ts'
import { runFacts, workItems } from '../../src/store/schema/facts.ts'

/** Of ten items: two regions, a yes or no, and a name that each has for itself. */
const ATTRIBUTES = Array.from({ length: 10 }, (_, index) => ({
  region: index < 5 ? 'south' : 'north',
  exceptionDocs: index % 2 === 0,
  customer: `K-${index}`,
}))

const PERIOD = { from: '2026-11-16', to: '2026-11-23' }
const HIT_DATE = new Date('2026-05-12T10:00:00Z')

/** A small set of services that behave: answers are fixed, overrides are really stored and found again. */
export function smallServices(
  db: Db,
): SlackServices & { asked: AskRequest[]; decisions: DecisionToSave[]; workflows: Map<string, Workflow> } {
  const asked: AskRequest[] = []
  const workflows = new Map<string, Workflow>([
    [
      'claims',
      {
        name: 'claims',
        unit: 'claim',
        owners: ['Dana Okafor'],
        channel: 'C0CLAIMS',
        baseline: { kind: 'bpo', costPerUnit: 4.5 },
        correctionHourlyRate: 48,
        budget: { amount: 60_000, period: 'month' },
      },
    ],
    ['tickets', { name: 'tickets', unit: 'item', owners: ['Abby Nakashima'] }],
  ])
  const decisions: DecisionToSave[] = []
  return {
    asked,
    decisions,
    workflows,
    listWorkflowNames: async () => [...workflows.keys()],
    listWorkflowSettings: async () => [...workflows.values()],
    listContractPrices: () => listContractPrices(db),
    setContractPrice: async (price, by) => (await setContractPrices(db, [price], { by, at: new Date() }))[0]!,
    repriceRuns: (request) => reattributeRuns(db, { because: 'prices', ...request, requestedAt: new Date() }),
    loadWorkflow: async (name) => {
      const workflow = workflows.get(name)
      return workflow ? { workflow, found: findDimensions(ATTRIBUTES) } : null
    },
    saveWorkflow: async (name, settings) => {
      workflows.set(name, { ...settings, name })
    },
    ask: async (request) => {
      asked.push(request)
      return answerTo(request)
    },
    recordOverride: async (input) => storeOverride(db, input),
    confirmCandidate: async (id, said) => ({
      ...(await confirmCandidate(db, id, said, () => new Date())),
      costMicros: null,
    }),
    dismissCandidate: (id, actor) => dismissCandidate(db, id, actor, new Date()),
    composeDigest: async (week = '2026-11-16') => ({
      week,
      text: `Week of ${week}: $31,480 spent, 21,940 units resolved at $1.43.`,
      blocks: [
        {
          type: 'section',
          text: { type: 'mrkdwn', text: `*Week of ${week}.* $31,480 spent, 21,940 units resolved at $1.43.` },
        },
      ],
      findings: [],
      citations: [],
    }),
    searchMemory: async ({ text }): Promise<MemoryHit[]> => {
      const stored = await db.select().from(overrides)
      return stored
        .filter((override) => override.reason.includes(text))
        .map((override) => ({
          score: 1,
          snippet: override.reason.replace(text, `\uE000${text}\uE001`),
          entry: {
            id: override.id,
            kind: 'override',
            workflow: override.workflow,
            workItemId: override.workItemId,
            title: `Override on ${override.workItemId}`,
            text: override.reason,
            actor: override.actor,
            rule: override.rule,
            outcome: null,
            attributes: {},
            sources: [{ kind: 'override', id: override.id }],
            occurredAt: HIT_DATE,
            recordedAt: HIT_DATE,
            supersededBy: null,
          },
        }))
    },
    saveDecision: async (decision) => {
      const duplicate = decisions.some((kept) => kept.id === decision.id)
      if (!duplicate) decisions.push(decision)
      return { duplicate }
    },
    confirmRule: (rule) => confirmRule(db, rule, new Date()),
    retireRule: (rule) => retireRule(db, rule, new Date()),
    listWorkflows: async () => [
      {
        name: 'claims',
        unit: 'claim',
        owners: ['Dana Okafor'],
        channel: 'C0CLAIMS',
        week: PERIOD,
        spentMicros: 14_210_000_000,
        resolved: 1904,
        costPerResolvedMicros: 2_130_000,
        previousCostPerResolvedMicros: 1_900_000,
        baselineMicros: 4_500_000,
        hasRevenue: false,
        segments: { names: ['region'], areSet: false },
        budget: { amount: 60_000, period: 'month', spentMicros: 41_000_000_000, from: '2026-11-01', to: '2026-12-01' },
      },
    ],
  }
}

function answerTo({ question }: AskRequest): Answer {
  const understood = /cost|why|region|\?/i.test(question)
  const escaped = question.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return {
    text: `You asked: ${escaped}`,
    plan: {
      analysis: understood ? 'explain_change' : 'help',
      ...(understood ? { workflow: 'claims', period: PERIOD } : {}),
    },
    findings: [
      { id: 'f1', kind: 'figure', label: 'Spend', value: 14210, unit: 'usd', period: PERIOD, n: 1904, source: 'spend' },
    ],
    citations: [{ kind: 'work_item', id: 'claim-8841', title: 'claim-8841', url: '/work-items/claims/claim-8841' }],
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `Claims cost *$14,210* last week. You asked: ${escaped}` } },
      {
        type: 'data_table',
        caption: 'Cost by segment',
        rows: [
          ['Segment', 'Claims', 'Cost'].map((text) => ({ type: 'raw_text', text })),
          ...[
            ['home, exception documents', 1120, 6.2],
            ['home', 4210, 1.84],
            ['motor', 3980, 1.41],
          ].map(([segment, claims, cost]) => [
            { type: 'raw_text', text: String(segment) },
            { type: 'raw_number', value: Number(claims), text: Number(claims).toLocaleString('en-US') },
            { type: 'raw_number', value: Number(cost), text: `$${Number(cost).toFixed(2)}` },
          ]),
        ],
      },
      {
        type: 'data_visualization',
        title: 'Cost per resolved claim',
        chart: {
          type: 'line',
          series: [
            { name: 'claims', data: [1.31, 1.29, 1.35, 2.13].map((value, index) => ({ label: WEEKS[index]!, value })) },
            { name: 'outsourcer', data: WEEKS.map((label) => ({ label, value: 4.5 })) },
          ],
          axis_config: { categories: WEEKS, y_label: 'Dollars' },
        },
      },
      { type: 'context', elements: [{ type: 'mrkdwn', text: '_Rests on_ 1,904 closed claims, 98 % of calls priced' }] },
    ],
    narratedBy: 'template',
    followUps: ['And by region?', 'Which prompt version?'],
  }
}

const WEEKS = ['26 Oct', '2 Nov', '9 Nov', '16 Nov']

async function storeOverride(db: Db, input: OverrideInput) {
  const override: Override = {
    ...input,
    id: input.id!,
    traceId: input.traceId ?? null,
    stepId: null,
    rule: input.rule ?? null,
    minutes: input.minutes ?? null,
    recordedAt: input.occurredAt,
  }
  const inserted = await db
    .insert(overrides)
    .values({ ...override, erasedAt: null })
    .onConflictDoNothing()
    .returning()
  const costMicros = override.minutes === null ? null : Math.round(override.minutes * 800_000)
  return { override, duplicate: inserted.length === 0, costMicros }
}

/** Work items that people can name: two attempts at claim-8841, and neighbours of its id. */
export async function seedWorkItems(db: Db): Promise<void> {
  const at = new Date('2026-11-10T12:00:00Z')
  const earlier = new Date('2026-10-09T12:00:00Z')
  await db.insert(workItems).values(
    ['claim-8841', 'claim-8114', 'claim-1200'].map((workItemId) => ({
      workItemId,
      workflow: 'claims',
      attributes: {},
      status: 'resolved' as const,
      startedAt: workItemId === 'claim-8114' ? earlier : at,
      closedAt: workItemId === 'claim-8114' ? earlier : at,
      attempts: 2,
      corrections: 0,
      totalMicros: 1_230_000,
      unpricedCalls: 0,
      updatedAt: at,
    })),
  )
  await db.insert(runFacts).values({
    traceId: 't-8841-2',
    knownFrom: at,
    knownUntil: null,
    workflow: 'claims',
    workItemId: 'claim-8841',
    status: 'ok',
    startedAt: at,
    modelCostMicros: 600_000,
    pricedCalls: 3,
    unpricedCalls: 0,
    calls: 3,
    callsWithoutUsage: 0,
    usageEstimated: false,
    models: [],
    steps: [],
    documents: [],
    tools: [],
    waste: {},
    workItemAttributes: {},
    decision: 'deny',
    rules: [],
    contentHash: 'x',
  })
}

export interface SlackHarness {
  playground: Playground
  slack: SlackApp
  services: ReturnType<typeof smallServices>
  /** Everything that was logged as a warning or an error. */
  faults: unknown[]
}

/** The real Bolt app on the real stand-in and a real database; only the services are small. */
export function createSlackHarness(db: Db, clock: () => Date = () => new Date()): SlackHarness {
  const faults: unknown[] = []
  const note = (details: object, message: string) => void faults.push({ message, details })
  const log = { debug: () => {}, info: () => {}, warn: note, error: note }
  const services = smallServices(db)
  const playground = createPlayground({ db, clock, onFault: (error) => faults.push(error) })
  const slack = createSlackApp({
    db,
    services,
    clock,
    baseUrl: 'http://127.0.0.1:3000',
    timeZone: 'UTC',
    log,
    transport: {
      kind: 'receiver',
      receiver: playground.receiver,
      fetch: playground.fetch,
      identity: playground.identity,
    },
  })
  return { playground, slack, services, faults }
}
