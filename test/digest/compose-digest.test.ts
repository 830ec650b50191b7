import { describe, expect, it } from 'vitest'
import type { Analysis } from '../../src/analysis/analysis.ts'
import { composeDigest, type DigestContext } from '../../src/digest/compose-digest.ts'
import type { Finding, Report } from '../../src/domain/finding.ts'
import type { AnalysisName, Plan } from '../../src/domain/plan.ts'
import type { Workflow } from '../../src/domain/workflow.ts'
import { validateMessage } from '../../src/playground/validation/validate-message.ts'

type Figures = Record<string, number | string | Partial<Finding>>

/** A report of bare figures; dollars unless the id says otherwise. */
function report(plan: Plan, figures: Figures): Report {
  const findings = Object.entries(figures).map(([id, given]): Finding => {
    const unit = /items$|^corrections/.test(id) ? 'count' : id === 'override_rate' ? 'share' : 'usd'
    const finding: Finding = { id, kind: 'figure', label: id, value: null, unit, period: plan.period!, source: 'test' }
    if (id.endsWith('.change')) finding.comparedWith = plan.comparison!
    if (id.endsWith('.before')) finding.period = plan.comparison!
    return typeof given === 'object' ? { ...finding, ...given } : { ...finding, value: given }
  })
  return { findings, tables: [], charts: [], citations: [], caveats: [], followUps: [] }
}

const WORKFLOWS: Workflow[] = [
  { name: 'claims', unit: 'claim', baseline: { kind: 'bpo', costPerUnit: 4.5 } },
  { name: 'tickets', unit: 'ticket', baseline: { kind: 'bpo', costPerUnit: 3 } },
  { name: 'idle', unit: 'item' },
]
const segment = { policyType: 'home', exceptionDocs: 'true' }

function contextOf(verdict: string, workflows = WORKFLOWS): DigestContext {
  const figuresOf = (analysis: AnalysisName, plan: Plan): Figures => {
    const unitCosts: Record<string, Figures> = {
      claims: {
        closed_items: 900,
        resolved_items: 800,
        cost_per_resolved: 2,
        'cost_per_resolved.before': 1.5,
        baseline: 4.5,
      },
      tickets: { closed_items: 210, resolved_items: 200, cost_per_resolved: 0.5, baseline: 3 },
      idle: { closed_items: 0 },
      all: { closed_items: 1110, resolved_items: 1000, cost_per_resolved: 1.7, 'cost_per_resolved.before': 1.31 },
    }
    if (analysis === 'cost_per_resolved') return unitCosts[plan.workflow ?? 'all']!
    if (analysis === 'spend') return { spend: { value: 1700.4, n: 1110 }, 'spend.before': 1300.2 }
    if (analysis === 'corrections') {
      if (plan.workflow !== 'claims') return { corrections: 1 }
      return {
        corrections: 22,
        override_rate: 0.024,
        'corrections.rule=HR-12': { value: 14, segment: { rule: 'HR-12' } },
      }
    }
    if (plan.workflow !== 'claims')
      return {
        verdict: { kind: 'verdict', value: 'within_normal_variation' },
        spend: 100,
        'spend.before': 95,
        'spend.change': 5,
      }
    return {
      verdict: { kind: 'verdict', value: verdict },
      spend: { value: 1600.4, n: 900 },
      'spend.before': 1205.2,
      'spend.change': 395.2,
      'contribution.1': { kind: 'contribution', driver: 'attempts', segment, value: 380 },
      'contribution.2': { kind: 'contribution', driver: 'items', segment: {}, value: 15.2 },
      'cause.1': { kind: 'cause', driver: 'attempts', segment, value: 380, n: 120 },
    }
  }
  const entry = (name: AnalysisName): [AnalysisName, Analysis] => [
    name,
    {
      name,
      title: name,
      description: '',
      example: '',
      run: async (_context, plan) => report(plan, figuresOf(name, plan)),
    },
  ]
  return {
    // No entry of this catalogue reads the database.
    db: null as never,
    standpoint: { asOf: new Date('2026-11-16T09:00:00Z'), knownAt: null, timeZone: 'UTC' },
    baseUrl: 'http://docket.test',
    workflows,
    catalogue: new Map((['spend', 'cost_per_resolved', 'explain_change', 'corrections'] as const).map(entry)),
  }
}

describe('composeDigest', () => {
  it('says the week in one message: the total, the change with a cause, the corrections that repeat', async () => {
    const digest = await composeDigest(contextOf('cause_found'), '2026-11-12')
    expect(digest.week).toBe('2026-11-09')
    expect(digest.text.split('\n')).toEqual([
      'Week of 9 Nov. $1,700 spent (the week before $1,300), 1,000 units resolved at $1.70 (the week before $1.31; by people or outsourcer it would have been $4.20).',
      'Claims cost $1,600 last week (9–15 Nov), $400 more than the week before. $380 of it is policy type home with exception docs (n 120): more retries $380.',
      'No other change stands out: tickets moved within the usual swing, or too little is known.',
      'People overruled the agent 22 times on claims (2.4 % of what closed), 14 of them under rule HR-12.',
      'Rests on 1,110 items.',
    ])
    validateMessage({ text: digest.text, blocks: digest.blocks })
  })

  it('weighs the baseline by what each workflow resolved, and leaves it out where one has none', async () => {
    const digest = await composeDigest(contextOf('cause_found'), '2026-11-09')
    const baseline = digest.findings.find((finding) => finding.id === 'digest.baseline')
    expect(baseline).toMatchObject({ value: (800 * 4.5 + 200 * 3) / 1000, unit: 'usd', n: 1000 })
    const workflows = WORKFLOWS.map(({ baseline: _, ...rest }) => rest)
    const context = contextOf('cause_found', workflows)
    const entry = context.catalogue.get('cost_per_resolved')!
    const bare = new Map(context.catalogue)
    bare.set('cost_per_resolved', {
      ...entry,
      run: async (on, plan) => {
        const made = await entry.run(on, plan)
        return { ...made, findings: made.findings.filter((one) => one.id !== 'baseline') }
      },
    })
    const without = await composeDigest({ ...context, catalogue: bare }, '2026-11-09')
    expect(without.text).not.toContain('outsourcer')
  })

  it('names no cause in a quiet week, and nothing where nothing was done', async () => {
    const quiet = await composeDigest(contextOf('within_normal_variation'), '2026-11-09')
    expect(quiet.text).toContain('Nothing stands out: claims, tickets moved within the usual swing')
    expect(quiet.text).not.toContain('more retries')
    const empty = await composeDigest(contextOf('cause_found', [WORKFLOWS[2]!]), '2026-11-09')
    expect(empty.text).toContain('Week of 9 Nov. No work was closed in it.')
  })

  it('gives every finding an id of its own', async () => {
    const { findings } = await composeDigest(contextOf('cause_found'), '2026-11-09')
    expect(new Set(findings.map((finding) => finding.id)).size).toBe(findings.length)
  })
})
