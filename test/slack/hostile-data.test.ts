import { assert, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { findDimensions } from '../../src/analysis/economics/find-dimensions.ts'
import type { Answer } from '../../src/domain/answer.ts'
import { HIGHLIGHT } from '../../src/domain/memory-entry.ts'
import { escapeMrkdwn } from '../../src/narration/escape-mrkdwn.ts'
import { validateMessage } from '../../src/playground/validation/validate-message.ts'
import { validateView } from '../../src/playground/validation/validate-view.ts'
import { annotationsMessage } from '../../src/slack/blocks/annotations-message.ts'
import { answerMessage } from '../../src/slack/blocks/answer-message.ts'
import { decisionForm } from '../../src/slack/blocks/decision-form.ts'
import { explainFurther } from '../../src/slack/blocks/explain-further.ts'
import { homeView } from '../../src/slack/blocks/home-view.ts'
import { memoryHits } from '../../src/slack/blocks/memory-hits.ts'
import { overrideForm } from '../../src/slack/blocks/override-form.ts'
import {
  overrideRecorded,
  overrideUnreadable,
  similarOverrides,
  workItemNotTaken,
} from '../../src/slack/blocks/override-messages.ts'
import { priceForm, repricingForm } from '../../src/slack/blocks/price-form.ts'
import { priceSetMessage, pricesMessage } from '../../src/slack/blocks/prices-message.ts'
import { repricingMessage } from '../../src/slack/blocks/repricing-message.ts'
import { retireForm, ruleForm } from '../../src/slack/blocks/rule-form.ts'
import { ruleMessage, rulesMessage } from '../../src/slack/blocks/rules-message.ts'
import { showTraces } from '../../src/slack/blocks/show-traces.ts'
import { budgetList, workflowList } from '../../src/slack/blocks/workflow-figures.ts'
import { workflowForm } from '../../src/slack/blocks/workflow-form.ts'
import { workflowSettingsMessage } from '../../src/slack/blocks/workflow-settings.ts'

const BASE = 'http://127.0.0.1:3000'
const TODAY = '2026-11-23'
const at = new Date('2026-11-17T09:00:00Z')
const period = { from: '2026-11-16', to: '2026-11-23' }
/** Text as an attacker, an agent or a careless person may write it, short and very long. */
const hostile = string({ unit: 'binary', minLength: 1, maxLength: 60 }).map(
  (text) =>
    `${text}<!channel> <@U1> <https://evil.example|bank> & *_~\`\`\`${'x<&'.repeat(text.length % 3 === 0 ? 2000 : 1)}`,
)

function messagesWith(data: string) {
  const item = {
    workflow: data,
    id: data,
    status: data,
    attempts: 2,
    totalMicros: 1,
    partlyPriced: true,
    lastTraceId: data,
    lastDecision: data,
    lastRunAt: at,
  }
  const override = {
    id: data,
    workflow: data,
    workItemId: data,
    traceId: null,
    stepId: null,
    agentDecision: data,
    humanDecision: data,
    reason: data,
    rule: data,
    actor: data,
    minutes: 3,
    occurredAt: at,
    recordedAt: at,
  }
  const workflow = {
    name: data,
    unit: data,
    owners: [data, data],
    channel: data,
    week: period,
    spentMicros: 1,
    resolved: 1,
    costPerResolvedMicros: 1,
    previousCostPerResolvedMicros: 1,
    baselineMicros: 1,
    hasRevenue: false,
    segments: { names: [data, data], areSet: false },
    budget: { amount: 1, period: 'month' as const, spentMicros: 1, ...period },
  }
  const citations = [{ kind: 'work_item' as const, id: data, title: data, url: '/work-items/a/b' }]
  const answer: Answer = {
    text: escapeMrkdwn(data).slice(0, 40_000),
    plan: { analysis: 'find', workflow: data, filters: { [data]: data }, text: data },
    findings: [
      {
        id: 'f',
        kind: 'figure',
        label: data,
        value: data,
        unit: 'none',
        period,
        segment: { [data]: data },
        source: data,
      },
    ],
    citations,
    blocks: [],
    narratedBy: 'model',
    followUps: [data, data],
  }
  const entry = {
    id: 'm',
    kind: 'override' as const,
    workflow: data,
    workItemId: data,
    title: data,
    text: data,
    actor: data,
    rule: data,
    outcome: null,
    attributes: {},
    sources: [],
    occurredAt: at,
    recordedAt: at,
    supersededBy: null,
  }
  const name = data.slice(0, 255) || 'x'
  const settings = {
    workflow: { name, unit: data.slice(0, 64), owners: [data, data], channel: data.slice(0, 255), dimensions: [data] },
    found: findDimensions(
      Array.from({ length: 20 }, (_, index) => ({ [name]: index % 2 === 0, [`${name}2`]: `${data}${index}` })),
    ),
  }
  const rule = {
    workflow: data,
    id: data,
    text: data,
    status: 'in_force' as const,
    exceptionTo: data,
    exceptions: [data],
    citedBy: { overrides: 1, decisions: 1, runs: 1 },
    versions: [
      {
        version: 1,
        text: data,
        status: 'confirmed' as const,
        exceptionTo: data,
        confirmedBy: data,
        evidence: [data],
        validFrom: at,
        validUntil: null,
        recordedAt: at,
      },
    ],
    uses: [
      { kind: 'override' as const, id: data, workItemId: data, title: data, actor: data, occurredAt: at.toISOString() },
    ],
  }
  const suggestion = {
    workflow: data,
    agentDecision: data,
    humanDecision: data,
    rule: data,
    reason: data,
    segment: { [data]: data },
    overrides: [{ ...override, id: 'o', workflow: 'w', attributes: {} }],
    confirmed: false,
  }
  const price = {
    ...{ id: data.slice(0, 255), workflow: data, provider: data, model: data, serviceTier: data, recordedBy: data },
    ...{ inputPerMillion: 2, cachedInputPerMillion: 0.075, cacheWritePerMillion: 3, outputPerMillion: 8 },
    ...{ reasoningPerMillion: 9, validFrom: at, validUntil: null, recordedAt: at },
  }
  const clock = { now: at, timeZone: 'UTC' }
  const repriced = { calls: 3, unknownBefore: 1, unknownNow: 1, beforeMicros: 1, nowMicros: 2, finishedAt: '' }
  const candidate = {
    ...{ id: 'a'.repeat(32), workflow: data, workItemId: data, traceId: 't', stepId: 's', agentDecision: data },
    ...{ annotation: { name: data, label: data, score: 0, explanation: data }, occurredAt: at, recordedAt: at },
  }
  return {
    messages: [
      answerMessage(answer, 'id', 'thread'),
      answerMessage(answer, 'id', 'one'),
      explainFurther(answer, TODAY),
      showTraces(answer, BASE),
      memoryHits(data, [{ entry, score: 1, snippet: `${HIGHLIGHT.start}${data}${HIGHLIGHT.end}` }], BASE),
      memoryHits(data, [], BASE),
      overrideRecorded({ override, duplicate: false, costMicros: 1, similar: 2, suggestsRule: true }, item, BASE),
      overrideUnreadable({ form: 'unreadable', at: 1, message: data }, data),
      similarOverrides([override, override], BASE),
      workItemNotTaken(
        { kind: 'unknown', id: data, nearest: [{ workItemId: data, workflow: data, lastAt: at }] },
        data,
      ),
      workItemNotTaken({ kind: 'ambiguous', id: data, workflows: [data, data] }, data),
      rulesMessage([rule], [suggestion], { workflow: data, days: 21, baseUrl: BASE }),
      ruleMessage(rule, BASE),
      workflowList([workflow], TODAY),
      workflowSettingsMessage(settings, escapeMrkdwn(data)),
      budgetList([workflow], TODAY),
      pricesMessage([price, price], { workflow: data, model: null }, clock),
      pricesMessage([], { workflow: null, model: data }, clock),
      priceSetMessage(price, price, clock, { runs: 2 }),
      repricingMessage(
        {
          ...{ id: 'r', because: 'prices', workflow: data, from: at, to: null, runs: 2, requestedBy: data },
          ...{ requestedAt: at, result: repriced },
        },
        'UTC',
      ),
      annotationsMessage([candidate, candidate], data, BASE),
    ],
    modals: [
      overrideForm({ channel: 'C1', item, reason: data }, BASE),
      overrideForm(
        { channel: 'C1', item, reason: data, agentDecision: data, humanDecision: data, candidate: candidate.id },
        BASE,
      ),
      priceForm(price, { workflows: [data], all: true }, { today: TODAY, timeZone: 'UTC' }, { channel: 'C1' }),
      repricingForm({ workflow: data, firstDay: TODAY }, { workflows: [data], all: false }, 'UTC', { channel: null }),
      workflowForm(settings, { workflow: name, seen: 'x', channel: 'C1' }),
      decisionForm({ channel: 'C1', ts: '1', threadTs: '1', permalink: null }, data, [data], 2),
      ruleForm(
        { workflow: data.slice(0, 255), overrideId: data.slice(0, 255), channel: 'C1', message: null },
        { id: data, text: data, exceptionTo: null, others: ['HR-1', 'HR-2'], drawnFrom: data, validFrom: TODAY },
      ),
      retireForm(
        { workflow: data.slice(0, 255), overrideId: null, channel: 'C1', message: null },
        { id: data.slice(0, 255), text: data },
        TODAY,
      ),
    ],
    home: homeView([workflow], TODAY),
  }
}

it('whatever the data says, every message and form is one that Slack takes, and mentions nobody', () => {
  assert(
    property(hostile, (data) => {
      const clipped = data.slice(0, 255)
      for (const text of [clipped, data]) {
        const { messages, modals, home } = messagesWith(text)
        messages.forEach((message, index) => {
          expect(() => validateMessage(message), `message ${index}`).not.toThrow()
          expect(JSON.stringify(message)).not.toMatch(/"mrkdwn","text":"[^"]*<(?:!channel|@U1|https:\/\/evil)/)
          expect(message.text).not.toMatch(/<(?:!channel|@U1|https:\/\/evil)/)
        })
        for (const modal of modals) expect(() => validateView(modal, 'modal')).not.toThrow()
        expect(() => validateView(home, 'home')).not.toThrow()
      }
    }),
    { numRuns: 25 },
  )
})
