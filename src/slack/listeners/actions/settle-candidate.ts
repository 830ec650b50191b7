import { requireOpenCandidate } from '../../../ingest/settle-candidate.ts'
import { escapeWithin } from '../../../narration/escape-mrkdwn.ts'
import { onClick } from '../../action-context.ts'
import { sayAnnotation } from '../../blocks/annotations-message.ts'
import { overrideForm } from '../../blocks/override-form.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { loadRecorder } from '../../load-person.ts'
import { lookUpWorkItem } from '../../look-up-work-item.ts'
import { markButtonUsed } from '../../mark-button-used.ts'
import { section } from '../../message.ts'
import { openForm } from '../../open-form.ts'

/** Opens the override form with what the annotation says filled in; sending it settles the annotation too. */
export const onConfirmCandidate = (deps: SlackDependencies) =>
  onClick(deps, 'open the form', async (click, { body, client }) => {
    const title = 'Record override'
    await openForm(
      client,
      body.trigger_id,
      {
        title,
        build: async () => {
          await loadRecorder(client, click.user)
          const { id, workflow, workItemId, agentDecision, annotation } = await requireOpenCandidate(
            deps.db,
            click.value,
          )
          const lookUp = await lookUpWorkItem(deps.db, `${workflow}/${workItemId}`)
          return overrideForm(
            {
              ...{ channel: click.channel || null, candidate: id },
              ...(lookUp.kind === 'found' ? { item: lookUp.item } : { workItem: workItemId }),
              ...(agentDecision !== null && { agentDecision }),
              ...(annotation.label !== null && { humanDecision: annotation.label }),
              ...(annotation.explanation !== null && { reason: annotation.explanation }),
            },
            deps.baseUrl,
          )
        },
      },
      deps.log,
    )
  })

/** Says that an annotation is no correction, for whoever may record one. */
export const onDismissCandidate = (deps: SlackDependencies) =>
  onClick(deps, 'dismiss the annotation', async (click, args) => {
    const person = await loadRecorder(args.client, click.user)
    const candidate = await deps.services.dismissCandidate(click.value, person.name)
    const said = `“${escapeWithin(sayAnnotation(candidate), 300)}” on ${escapeWithin(candidate.workItemId, 255)}`
    await markButtonUsed(deps, args, click, `said that ${said} is no correction`)
    const text = `Noted: ${said} is no correction.`
    await click.tell({ text, blocks: [section(text)] })
  })
