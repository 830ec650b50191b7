import { findSlackAnswer } from '../../../store/queries/slack-answers.ts'
import { onClick } from '../../action-context.ts'
import { type OverridePrefill, overrideForm } from '../../blocks/override-form.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { lookUpWorkItem } from '../../look-up-work-item.ts'
import { openForm } from '../../open-form.ts'

/** Opens the form; where the answer is about one work item, with that item filled in. */
export const onOpenOverrideForm = (deps: SlackDependencies) =>
  onClick(deps, 'open the form', async (click, { body, client }) => {
    const title = 'Record override'
    await openForm(
      client,
      body.trigger_id,
      {
        title,
        build: async () =>
          overrideForm({ channel: click.channel || null, ...(await prefillFrom(deps, click.value)) }, deps.baseUrl),
      },
      deps.log,
    )
  })

async function prefillFrom({ db }: SlackDependencies, value: string): Promise<Partial<OverridePrefill>> {
  let reference = value.startsWith('item:') ? value.slice('item:'.length) : null
  if (reference === null && value !== 'home' && value !== 'empty') {
    const stored = await findSlackAnswer(db, value)
    const items = stored?.answer.citations.filter((citation) => citation.kind === 'work_item') ?? []
    reference = items.length === 1 ? items[0]!.id : null
  }
  if (reference === null) return {}
  const lookUp = await lookUpWorkItem(db, reference)
  return lookUp.kind === 'found' ? { item: lookUp.item } : { workItem: reference }
}
