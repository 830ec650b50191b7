import type { WebClient } from '@slack/web-api'
import type { ContractPrice, ContractPriceInput } from '../../domain/contract-price.ts'
import { dateIn } from '../../domain/period.ts'
import { Problem } from '../../domain/problem.ts'
import { priceSetMessage, pricesMessage } from '../blocks/prices-message.ts'
import type { Conversation } from '../conversation.ts'
import type { SlackDependencies } from '../dependencies.ts'
import { findNamed, loadPriceEditor, loadPriceReader } from '../load-price-editor.ts'
import type { Message } from '../message.ts'
import { PRICE_EXAMPLE, parsePriceLine } from '../parse-price.ts'
import { readPrice, type WrittenPrice } from '../written-price.ts'

/** `/docket price` in its forms. Told to the person alone: what is agreed with a provider is not for everybody's eyes. */
export async function requestPrice(
  deps: SlackDependencies,
  client: WebClient,
  conversation: Conversation,
  line: string,
): Promise<void> {
  const parsed = parsePriceLine(line, dateIn(deps.clock(), deps.timeZone))
  if (parsed.form === 'unreadable') {
    throw new Problem('unreadable_price', `${parsed.problem} Nothing was changed.`, {
      nextStep: `For example: ${PRICE_EXAMPLE}. /docket price alone has a form.`,
    })
  }
  const message =
    parsed.form === 'list'
      ? await listPrices(deps, client, conversation.user, parsed.about)
      : await setWrittenPrice(deps, client, conversation.user, parsed.price)
  await conversation.tell(message)
}

async function listPrices(deps: SlackDependencies, client: WebClient, user: string, about: string): Promise<Message> {
  await loadPriceReader(client, user)
  const [prices, workflows] = await Promise.all([
    deps.services.listContractPrices(),
    deps.services.listWorkflowSettings(),
  ])
  const same = (name: string | null) => name?.toLowerCase() === about.toLowerCase()
  const workflow = workflows.find(({ name }) => same(name))?.name ?? null
  const clock = { now: deps.clock(), timeZone: deps.timeZone }
  if (about === '') return pricesMessage(prices, { workflow: null, model: null }, clock)
  if (workflow !== null) {
    const held = prices.filter((price) => price.workflow === null || price.workflow === workflow)
    return pricesMessage(held, { workflow, model: null }, clock)
  }
  return pricesMessage(
    prices.filter((price) => same(price.model)),
    { workflow: null, model: about },
    clock,
  )
}

async function setWrittenPrice(
  deps: SlackDependencies,
  client: WebClient,
  user: string,
  written: WrittenPrice,
): Promise<Message> {
  const workflows = await deps.services.listWorkflowSettings()
  const workflow = written.workflow === null ? null : findNamed(workflows, written.workflow).name
  const person = await loadPriceEditor(client, user, workflow, workflows)
  const read = readPrice({ ...written, workflow }, deps.timeZone)
  if (!read.ok) {
    throw new Problem('unreadable_price', `${Object.values(read.errors).join(' ')} Nothing was changed.`, {
      nextStep: `For example: ${PRICE_EXAMPLE}.`,
    })
  }
  const { price, replaced } = await setPrice(deps, read.price, person.name)
  return priceSetMessage(price, replaced, { now: deps.clock(), timeZone: deps.timeZone }, null)
}

/** Sets a price; `replaced` is the one for the same calls from the same day, if there was one. */
export async function setPrice(
  { services }: Pick<SlackDependencies, 'services'>,
  input: ContractPriceInput,
  by: string,
): Promise<{ price: ContractPrice; replaced: ContractPrice | null }> {
  const before = await services.listContractPrices()
  const price = await services.setContractPrice(input, by)
  return { price, replaced: before.find(({ id }) => id === price.id) ?? null }
}
