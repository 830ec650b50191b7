import { dateIn } from '../../../domain/period.ts'
import { Problem } from '../../../domain/problem.ts'
import { type Click, onClick } from '../../action-context.ts'
import type { ModalView } from '../../blocks/loading-view.ts'
import { type PricePrefill, priceForm, repricingForm } from '../../blocks/price-form.ts'
import type { PriceButton } from '../../blocks/prices-message.ts'
import type { BlockActionArgs, SlackDependencies } from '../../dependencies.ts'
import { loadPriceScope, type PriceScope } from '../../load-price-editor.ts'
import { openForm } from '../../open-form.ts'

/** Opens a form for whoever may set prices of at least one workflow; it offers those, and the others are told whom to ask. */
const open = (
  deps: SlackDependencies,
  title: string,
  build: (named: PriceButton, scope: PriceScope, click: Click) => Promise<ModalView>,
) =>
  onClick(deps, 'open the form', (click, { body, client }: BlockActionArgs) =>
    openForm(
      client,
      body.trigger_id,
      {
        title,
        build: async () => {
          const scope = await loadPriceScope(client, click.user, await deps.services.listWorkflowSettings())
          return build(JSON.parse(click.value) as PriceButton, scope, click)
        },
      },
      deps.log,
    ),
  )

export const onOpenPriceForm = (deps: SlackDependencies) =>
  open(deps, 'Contract price', async (named, scope, click) =>
    priceForm(await prefillOf(deps, named), scope, timesOf(deps), { channel: click.channel || null }),
  )

export const onOpenRepricingForm = (deps: SlackDependencies) =>
  open(deps, 'Price runs again', async ({ workflow, from }, scope, click) => {
    const { today, timeZone } = timesOf(deps)
    const prefill = { workflow: workflow ?? null, firstDay: from ?? `${today.slice(0, 8)}01` }
    return repricingForm(prefill, scope, timeZone, { channel: click.channel || null })
  })

async function prefillOf({ services }: SlackDependencies, { id, workflow, model }: PriceButton): Promise<PricePrefill> {
  if (id === undefined) return { ...(workflow !== undefined && { workflow }), ...(model !== undefined && { model }) }
  const price = (await services.listContractPrices()).find((one) => one.id === id)
  if (price) return price
  throw new Problem('unknown_price', 'This price is not there any more.', {
    nextStep: '/docket price shows those that are.',
  })
}

const timesOf = ({ clock, timeZone }: SlackDependencies) => ({ today: dateIn(clock(), timeZone), timeZone })
