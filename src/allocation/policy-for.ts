import type { AllocationDecision } from '../domain/allocation-decision.ts'

export interface PolicyInput {
  workflow: string
  /** Of the item that the agent is about to work on; compared as text. */
  attributes: Readonly<Record<string, string>>
  /** Approved ones, oldest first. */
  decisions: readonly AllocationDecision[]
  remainingBudget: { amountUsd: number; from: string; to: string } | null
}

export interface Policy {
  workflow: string
  attributes: Readonly<Record<string, string>>
  /** Null where no decision sets it. */
  model: string | null
  maxAttempts: number | null
  maxInputTokens: number | null
  routeToHuman: boolean
  remainingBudget: PolicyInput['remainingBudget']
  /** The decisions that apply, oldest first. */
  decisions: { id: string; action: string; title: string; segment: Record<string, string>; decidedBy: string | null }[]
}

/**
 * What the approved decisions say about one item: those whose segment it is in. Where two set the same thing, the newer one
 * holds, as the people who approved it knew of the older. Pure.
 */
export function policyFor({ workflow, attributes, decisions, remainingBudget }: PolicyInput): Policy {
  const applying = decisions.filter(({ segment }) =>
    Object.entries(segment).every(([name, value]) => attributes[name] === value),
  )
  const newestFirst = [...applying].reverse()
  const set = (name: string) => newestFirst.find((one) => one.parameters[name] !== undefined)?.parameters[name] ?? null
  const limit = (name: string) => {
    const value = set(name)
    return value === null ? null : Number(value)
  }
  const model = set('model')
  return {
    workflow,
    attributes,
    model: model === null ? null : String(model),
    maxAttempts: limit('maxAttempts'),
    maxInputTokens: limit('maxInputTokens'),
    routeToHuman: newestFirst.some((one) => one.action === 'keep_with_people'),
    remainingBudget,
    decisions: applying.map(({ id, action, title, segment, decidedBy }) => ({ id, action, title, segment, decidedBy })),
  }
}
