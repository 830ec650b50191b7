import type { ViewOutput } from '@slack/bolt'
import type { Workflow } from '../domain/workflow.ts'
import { unescapeMrkdwn } from '../narration/escape-mrkdwn.ts'
import { ALL_WORKFLOWS, workflowOption } from './blocks/price-form.ts'
import { formValue } from './form-values.ts'
import { INPUTS } from './ids.ts'
import { type PriceField, type ReadPrice, readAmount, readPrice } from './written-price.ts'

/** The inputs by the field that they fill: problems are shown at them. */
const INPUT_OF: Record<PriceField, string> = {
  model: INPUTS.model,
  workflow: INPUTS.workflow,
  provider: INPUTS.provider,
  serviceTier: INPUTS.serviceTier,
  inputPerMillion: INPUTS.inputPrice,
  cachedInputPerMillion: INPUTS.cachedInputPrice,
  cacheWritePerMillion: INPUTS.cacheWritePrice,
  outputPerMillion: INPUTS.outputPrice,
  reasoningPerMillion: INPUTS.reasoningPrice,
  firstDay: INPUTS.validFrom,
  lastDay: INPUTS.lastDay,
}

/** The price that a form describes; or what is wrong with it, input by input. */
export function readPriceForm(
  view: ViewOutput,
  workflow: string | null,
  timeZone: string,
): Extract<ReadPrice, { ok: true }> | { ok: false; errors: Record<string, string> } {
  const errors: Record<string, string> = {}
  const text = (input: string) => {
    const value = formValue(view, input)
    return value === null ? null : unescapeMrkdwn(value)
  }
  const amount = (input: string) => {
    const written = text(input)
    if (written === null) return null
    const dollars = readAmount(written)
    if (dollars === null) errors[input] = 'Write a number from 0, such as 2.50.'
    return dollars
  }
  const tier = text(INPUTS.serviceTier)
  const read = readPrice(
    {
      workflow,
      model: text(INPUTS.model) ?? '',
      provider: text(INPUTS.provider),
      serviceTier: tier === 'standard' ? null : tier,
      inputPerMillion: amount(INPUTS.inputPrice),
      cachedInputPerMillion: amount(INPUTS.cachedInputPrice),
      cacheWritePerMillion: amount(INPUTS.cacheWritePrice),
      outputPerMillion: amount(INPUTS.outputPrice),
      reasoningPerMillion: amount(INPUTS.reasoningPrice),
      firstDay: text(INPUTS.validFrom) ?? '',
      lastDay: text(INPUTS.lastDay),
    },
    timeZone,
  )
  if (!read.ok) {
    for (const [field, message] of Object.entries(read.errors)) errors[INPUT_OF[field as PriceField]] ??= message
  }
  return read.ok && Object.keys(errors).length === 0 ? read : { ok: false, errors }
}

/** The workflow that was chosen; null is all of them, undefined one that is no more. */
export function chosenWorkflow(view: ViewOutput, workflows: readonly Workflow[]): string | null | undefined {
  const chosen = formValue(view, INPUTS.workflow)
  if (chosen === ALL_WORKFLOWS) return null
  return workflows.find(({ name }) => workflowOption(name) === chosen)?.name
}
