import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt'
import { addDays, startOfDay } from '../../../domain/period.ts'
import { Problem } from '../../../domain/problem.ts'
import type { PriceFormMetadata } from '../../blocks/price-form.ts'
import { sayRuns } from '../../blocks/prices-message.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { faultMessage } from '../../fault-message.ts'
import { fieldError } from '../../field-error.ts'
import { formValue } from '../../form-values.ts'
import { INPUTS } from '../../ids.ts'
import { loadPriceEditor } from '../../load-price-editor.ts'
import { section } from '../../message.ts'
import { chosenWorkflow } from '../../read-price-form.ts'
import { tellAboutForm } from '../../tell-about-form.ts'

/** Has runs priced again, for whoever may set the prices of their workflow; checked again when the form is sent. */
export const onSubmitRepricing =
  (deps: SlackDependencies) =>
  async ({ ack, body, client, view }: AllMiddlewareArgs & SlackViewMiddlewareArgs<ViewSubmitAction>) => {
    const user = body.user.id
    const refuse = (input: string, message: string) => ack({ response_action: 'errors', errors: { [input]: message } })
    const first = formValue(view, INPUTS.validFrom)
    const last = formValue(view, INPUTS.lastDay)
    if (first === null) return refuse(INPUTS.validFrom, 'Choose the day from which runs are priced again.')
    if (last !== null && last < first) return refuse(INPUTS.lastDay, 'The last day is before the first.')
    let period: Parameters<typeof deps.services.repriceRuns>[0]
    try {
      const workflows = await deps.services.listWorkflowSettings()
      const workflow = chosenWorkflow(view, workflows)
      if (workflow === undefined) throw new Problem('unknown_workflow', 'This workflow is not known any more.')
      const person = await loadPriceEditor(client, user, workflow, workflows)
      const to = last === null ? null : startOfDay(addDays(last, 1), deps.timeZone)
      period = { workflow, from: startOfDay(first, deps.timeZone), to, requestedBy: person.name }
    } catch (error) {
      return refuse(INPUTS.workflow, fieldError(error, 'check that', deps.log))
    }
    await ack()
    const { channel } = JSON.parse(view.private_metadata) as PriceFormMetadata
    const tell = tellAboutForm(client, user, channel)
    try {
      const { runs } = await deps.services.repriceRuns(period, { channel: channel ?? user, user })
      await tell({ text: sayRuns(runs), blocks: [section(sayRuns(runs))] })
    } catch (error) {
      await tell(faultMessage(error, 'price the runs again', deps.log))
    }
  }
