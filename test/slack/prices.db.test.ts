import { beforeEach, expect, it } from 'vitest'
import { clickInMessage } from '../../src/playground/interactions/click.ts'
import { runCommand } from '../../src/playground/interactions/run-command.ts'
import { saySomething } from '../../src/playground/interactions/say-something.ts'
import { submitView } from '../../src/playground/interactions/submit-view.ts'
import { listReattributions, saveRepricingResult } from '../../src/store/queries/reattributions.ts'
import { describeWithDatabase } from '../support/database.ts'
import { createSlackHarness, type SlackHarness, seedWorkItems } from '../support/slack-harness.ts'

const NOW = new Date('2026-11-20T12:00:00Z')

/** Dana owns claims, Abby owns tickets; Sam is an administrator. */
describeWithDatabase('contract prices in Slack', (database) => {
  let harness: SlackHarness
  beforeEach(async () => {
    harness = createSlackHarness(database().db, () => NOW)
    await seedWorkItems(database().db)
  })

  const context = () => harness.playground.context
  const prices = () => harness.services.listContractPrices()
  const last = async () => (await context().store.list()).filter((message) => message.user === 'U0DOCKET').at(-1)!
  const said = async () => JSON.stringify((await last()).message)
  const command = async (text: string, user = 'U0DANA') => {
    const known = ['/docket', '/override']
    await runCommand(context(), { user, channel: 'C0CLAIMS', text, threadTs: null, known })
    await harness.slack.idle()
  }
  const click = async (actionId: string, user = 'U0DANA') => {
    const { channel, ts } = await last()
    await clickInMessage(context(), { user, channel, ts, blockId: 'price_actions', actionId, value: null })
    await harness.slack.idle()
  }
  const view = (user = 'U0DANA') => context().session.views.get(user)!.at(-1)!
  const submit = async (values: Record<string, string | string[] | null>, user = 'U0DANA') => {
    const errors = await submitView(context(), { user, viewId: view(user).id, values })
    await harness.slack.idle()
    return errors
  }

  const filled = {
    model: 'gpt-4.1',
    workflow: '=claims',
    input_price: '2',
    output_price: '8',
    cached_input_price: '0.075',
    service_tier: 'standard',
    valid_from: '2026-11-01',
  }

  it('are set by a form, shown as a table, and changed', async () => {
    await command('/docket price')
    expect(await last()).toMatchObject({ ephemeralTo: 'U0DANA' })
    expect(await said()).toContain('No contract price is set.')
    await click('open_price_form')
    // Dana owns claims and not tickets: neither that nor all workflows at once is hers to set.
    const offered = JSON.stringify(view().view)
    expect([offered.includes('"=claims"'), offered.includes('tickets'), offered.includes('All workflows')]).toEqual([
      true,
      false,
      false,
    ])
    expect(await submit({ ...filled, input_price: null, output_price: null, last_day: '2026-10-01' })).toEqual({
      last_day: 'The last day is before the first.',
    })
    expect(await submit({ ...filled, input_price: '2,x' })).toEqual({
      input_price: 'Write a number from 0, such as 2.50.',
    })
    expect(await submit(filled)).toBeNull()
    expect(await prices()).toMatchObject([
      {
        ...{ model: 'gpt-4.1', workflow: 'claims', provider: null, serviceTier: null, recordedBy: 'Dana Okafor' },
        ...{ inputPerMillion: 2, cachedInputPerMillion: 0.075, outputPerMillion: 8, reasoningPerMillion: null },
        ...{ validFrom: new Date('2026-11-01T00:00:00Z'), validUntil: null },
      },
    ])
    expect(await said()).toContain(
      '*gpt-4.1* in claims: $2.00 for input ($0.075 cached) and $8.00 for output per million tokens, from 1 Nov 2026.',
    )
    expect(await said()).toContain('Calls that were priced before keep their price')
    expect(await listReattributions(database().db, 'prices', 10)).toEqual([])
    await click('open_price_form')
    expect(JSON.stringify(view().view)).toContain('"initial_value":"0.075"')
    await submit({ ...filled, input_price: '1.5' })
    expect(await prices()).toMatchObject([{ inputPerMillion: 1.5 }])
    expect(await said()).toContain('It takes the place of $2.00 for input')
    await command('/docket price claims')
    expect(await said()).toContain('Contract prices for claims')
    expect(await said()).toContain('"$1.50"')
    expect(harness.faults).toEqual([])
  })

  it('have runs priced again where that is ticked, recorded with who asked, and what came of it is told', async () => {
    const { db } = database()
    await command('/docket price claims')
    await click('open_price_form')
    await submit({ ...filled, price_again: ['again'] })
    expect(await said()).toContain('1 run is being priced again.')
    const [request] = await listReattributions(db, 'prices', 10)
    expect(request).toMatchObject({
      ...{ workflow: 'claims', requestedBy: 'Dana Okafor', runs: 1, to: null },
      from: new Date('2026-11-01T00:00:00Z'),
    })
    await harness.slack.tellRepricing({ channel: 'C0CLAIMS', user: 'U0DANA' }, request!.id)
    expect(await said()).toContain('1 run is being priced again.')
    await saveRepricingResult(db, request!.id, {
      ...{ calls: 1204, unknownBefore: 3, unknownNow: 0, finishedAt: NOW.toISOString() },
      ...{ beforeMicros: 14_200_000, nowMicros: 11_360_000 },
    })
    await harness.slack.tellRepricing({ channel: 'C0CLAIMS', user: 'U0DANA' }, request!.id)
    expect(await last()).toMatchObject({ ephemeralTo: 'U0DANA', channel: 'C0CLAIMS' })
    expect(await said()).toContain(
      '1 run was priced again (claims, from 1 Nov 2026): *1,204 calls cost $11.36 instead of $14.20*.',
    )
    expect(await said()).toContain('3 calls had no known price before.')
  })

  it('have the runs of chosen days priced again', async () => {
    await command('/docket price')
    await click('open_repricing_form')
    const form = { workflow: '=claims', valid_from: '2026-11-10' }
    expect(await submit({ ...form, last_day: '2026-11-01' })).toEqual({ last_day: 'The last day is before the first.' })
    expect(await submit({ ...form, last_day: '2026-11-10' })).toBeNull()
    expect(await listReattributions(database().db, 'prices', 10)).toMatchObject([
      { runs: 1, from: new Date('2026-11-10T00:00:00Z'), to: new Date('2026-11-11T00:00:00Z') },
    ])
  })

  it('are set by owners and administrators, checked at the click and when the form is sent', async () => {
    await command('/docket price')
    await click('open_price_form')
    harness.services.workflows.set('claims', { name: 'claims', unit: 'claim', owners: ['Abby Nakashima'] })
    expect((await submit(filled))!.workflow).toContain('You may not set claims')
    await click('open_price_form')
    expect(JSON.stringify(view().view)).toContain('you own none of the workflows')
    await command('/docket price')
    await click('open_repricing_form')
    expect(JSON.stringify(view().view)).toContain('you own none of the workflows')
    expect(await prices()).toEqual([])
    await command('/docket price', 'U0SAM')
    await click('open_price_form', 'U0SAM')
    expect(await submit({ ...filled, workflow: '*' }, 'U0SAM')).toBeNull()
    expect(await prices()).toMatchObject([{ workflow: null, recordedBy: 'Sam Whitfield' }])
  })

  it('are set by one line, for whoever may', async () => {
    await command('/docket price gpt-4.1 input 2.00 output 8.00 from 2026-11-01 workflow CLAIMS')
    expect(await prices()).toMatchObject([{ workflow: 'claims', inputPerMillion: 2, outputPerMillion: 8 }])
    await command('/docket price gpt-4.1 input 1 output 1')
    expect(await said()).toContain('You may not set a price for all workflows at once')
    await command('/docket price gpt-4.1 input 1 output 1 workflow tickets')
    expect(await said()).toContain('You may not set tickets')
    await command('/docket price gpt-4.1 input 1 output lots')
    expect(await said()).toContain('“lots” is not an amount')
    await command('/docket price gpt-4.1 input 1 output 1 workflow nowhere')
    expect(await said()).toContain('I know no workflow “nowhere”')
    expect(await prices()).toHaveLength(1)
  })

  it('are told after a mention to its writer alone, and let no markup through', async () => {
    await command('/docket price "<!channel>" input 1 output 1 workflow claims')
    expect(await said()).toContain('*&lt;!channel&gt;* in claims')
    await saySomething(context(), { user: 'U0SAM', channel: 'C0CLAIMS', text: '@Docket prices', threadTs: null })
    await harness.slack.idle()
    expect(await last()).toMatchObject({ ephemeralTo: 'U0SAM' })
    await saySomething(context(), {
      ...{ user: 'U0SAM', channel: 'C0CLAIMS', threadTs: null },
      text: '@Docket price of claims went up, why?',
    })
    await harness.slack.idle()
    expect(harness.services.asked).toMatchObject([{ question: 'price of claims went up, why?' }])
    expect(harness.faults).toEqual([])
  })
})
