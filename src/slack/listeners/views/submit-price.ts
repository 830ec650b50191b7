import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt'
import type { ContractPriceInput } from '../../../domain/contract-price.ts'
import { Problem } from '../../../domain/problem.ts'
import { PRICE_AGAIN, type PriceFormMetadata } from '../../blocks/price-form.ts'
import { priceSetMessage } from '../../blocks/prices-message.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { faultMessage } from '../../fault-message.ts'
import { fieldError } from '../../field-error.ts'
import { formChoices } from '../../form-values.ts'
import { INPUTS } from '../../ids.ts'
import type { Person } from '../../load-person.ts'
import { loadPriceEditor } from '../../load-price-editor.ts'
import { chosenWorkflow, readPriceForm } from '../../read-price-form.ts'
import { setPrice } from '../../requests/request-price.ts'
import { tellAboutForm } from '../../tell-about-form.ts'

/** Checks the price, and again who may set it, while the form is open; sets it, and has calls priced again where that is ticked. */
export const onSubmitPrice =
  (deps: SlackDependencies) =>
  async ({ ack, body, client, view }: AllMiddlewareArgs & SlackViewMiddlewareArgs<ViewSubmitAction>) => {
    const user = body.user.id
    let input: ContractPriceInput
    let person: Person
    try {
      const workflows = await deps.services.listWorkflowSettings()
      const workflow = chosenWorkflow(view, workflows)
      if (workflow === undefined) throw new Problem('unknown_workflow', 'This workflow is not known any more.')
      person = await loadPriceEditor(client, user, workflow, workflows)
      const read = readPriceForm(view, workflow, deps.timeZone)
      if (!read.ok) return await ack({ response_action: 'errors', errors: read.errors })
      input = read.price
    } catch (error) {
      const errors = { [INPUTS.workflow]: fieldError(error, 'check the price', deps.log) }
      return ack({ response_action: 'errors', errors })
    }
    await ack()
    const { channel } = JSON.parse(view.private_metadata) as PriceFormMetadata
    const tell = tellAboutForm(client, user, channel)
    try {
      const { price, replaced } = await setPrice(deps, input, person.name)
      const period = { workflow: price.workflow, from: price.validFrom, to: price.validUntil }
      const asked = formChoices(view, INPUTS.priceAgain).includes(PRICE_AGAIN)
        ? await deps.services.repriceRuns({ ...period, requestedBy: person.name }, { channel: channel ?? user, user })
        : null
      await tell(priceSetMessage(price, replaced, { now: deps.clock(), timeZone: deps.timeZone }, asked))
    } catch (error) {
      await tell(faultMessage(error, 'set the price', deps.log))
    }
  }
