import { onClick } from '../../action-context.ts'
import { workflowForm } from '../../blocks/workflow-form.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { loadEditor } from '../../may-edit-workflow.ts'
import { openForm } from '../../open-form.ts'
import { hashSettings, requireWorkflow } from '../../requests/require-workflow.ts'

/** Opens the settings of a workflow for whoever may change them; the others are told whom to ask. */
export const onEditWorkflow = (deps: SlackDependencies) =>
  onClick(deps, 'open the settings', async (click, { body, client }) => {
    const title = 'Workflow settings'
    await openForm(
      client,
      body.trigger_id,
      {
        title,
        doing: 'open the settings',
        build: async () => {
          const loaded = await requireWorkflow(deps, click.value)
          await loadEditor(client, click.user, loaded.workflow)
          const { name } = loaded.workflow
          return workflowForm(loaded, {
            workflow: name,
            seen: hashSettings(loaded.workflow),
            channel: click.channel || null,
          })
        },
      },
      deps.log,
    )
  })
