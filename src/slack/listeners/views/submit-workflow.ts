import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt'
import type { WorkflowSettings } from '../../../domain/workflow.ts'
import type { WorkflowFormMetadata } from '../../blocks/workflow-form.ts'
import { workflowSettingsMessage } from '../../blocks/workflow-settings.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { faultMessage } from '../../fault-message.ts'
import { fieldError } from '../../field-error.ts'
import { INPUTS } from '../../ids.ts'
import type { Person } from '../../load-person.ts'
import { loadEditor, mayEditWorkflow } from '../../may-edit-workflow.ts'
import { publishHome } from '../../publish-home.ts'
import { readWorkflowForm } from '../../read-workflow-form.ts'
import { hashSettings, requireWorkflow } from '../../requests/require-workflow.ts'
import { tellAboutForm } from '../../tell-about-form.ts'

/** Checks the settings while the form is open, and again who may set them; saves them, confirms, and redraws Home. */
export const onSubmitWorkflow =
  (deps: SlackDependencies) =>
  async ({ ack, body, client, view }: AllMiddlewareArgs & SlackViewMiddlewareArgs<ViewSubmitAction>) => {
    const { workflow: name, seen, channel } = JSON.parse(view.private_metadata) as WorkflowFormMetadata
    const refuse = (input: string, message: string) => ack({ response_action: 'errors', errors: { [input]: message } })
    const user = body.user.id
    let settings: WorkflowSettings
    try {
      const loaded = await requireWorkflow(deps, name)
      const person = await loadEditor(client, user, loaded.workflow)
      if (hashSettings(loaded.workflow) !== seen) {
        return await refuse(INPUTS.unit, 'Somebody changed these settings meanwhile. Close the form and open it again.')
      }
      const read = readWorkflowForm(view, loaded.workflow, loaded.found)
      if (!read.ok) return await ack({ response_action: 'errors', errors: read.errors })
      if (locksOut(person, read.settings)) {
        return await refuse(INPUTS.owners, `You could not change this again: add ${person.name}, or leave it empty.`)
      }
      settings = read.settings
    } catch (error) {
      return refuse(INPUTS.unit, fieldError(error, 'check the settings', deps.log))
    }
    await ack()
    const tell = tellAboutForm(client, user, channel)
    try {
      await deps.services.saveWorkflow(name, settings)
      const message = workflowSettingsMessage(await requireWorkflow(deps, name), 'Saved. Answers use it from now on.')
      await tell(message)
      await publishHome(deps, client, user)
    } catch (error) {
      await tell(faultMessage(error, 'save the settings', deps.log))
    }
  }

function locksOut(person: Person, settings: WorkflowSettings): boolean {
  return !mayEditWorkflow(person, settings)
}
