import { type EconomicsParameters, unitName } from './parameters.ts'

/** Questions that one analysis leads to, in words that the planner understands: of a workflow's name (or nothing) and what one of its items is called. */
const QUESTIONS = {
  change: (name: string) => (name ? `why did ${name} cost change?` : 'why did spend change?'),
  attempts_change: (name: string) => (name ? `why did ${name} attempts change?` : 'why did attempts change?'),
  override_change: (name: string) =>
    name ? `why did the ${name} override rate change?` : 'why did the override rate change?',
  unit_cost: (name: string, item: string) =>
    name ? `what does a resolved ${item} cost?` : 'what does a resolved item cost by workflow?',
  unit_cost_by_model: (_name: string, item: string) => `what does a resolved ${item} cost by model?`,
  unit_cost_by_prompt: (_name: string, item: string) => `what does a resolved ${item} cost by prompt version?`,
  unit_cost_by_month: (_name: string, item: string) => `what does a resolved ${item} cost by month?`,
  retries: (name: string) => `how much do retries${name && ` of ${name}`} cost?`,
  waste: (name: string) => (name ? `how much of ${name} spend is waste?` : 'how much of the spend is waste?'),
  baseline: (name: string) => `are agents cheaper than the outsourcer or people${name && ` for ${name}`}?`,
  operation: (name: string) => `did the ${spaced(name)}operating metrics change?`,
  spread: (name: string) => `how much does the cost${name && ` of ${name}`} vary?`,
  routing: (name: string) => `where is a cheaper model good enough${name && ` for ${name}`}?`,
  context: (name: string) => `how large is the context${name && ` of ${name} calls`}?`,
  what_mattered: (name: string) => `what mattered${name && ` for ${name}`}?`,
  marginal: (name: string) => `what does the next dollar bring${name && ` on ${name}`}?`,
} as const

export type FollowUp = keyof typeof QUESTIONS

/** The named questions about the workflow that was asked about. */
export function askNext(parameters: EconomicsParameters, ...names: FollowUp[]): string[] {
  const workflow = parameters.workflow?.name ?? ''
  const unit = unitName(parameters)
  // A claim can only be one of claims; an item may be one of anything.
  const item = workflow.includes(unit) ? unit : `${spaced(workflow)}${unit}`
  return names.map((name) => QUESTIONS[name](workflow, item))
}

function spaced(name: string): string {
  return name && `${name} `
}
