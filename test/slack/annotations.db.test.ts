import { beforeEach, expect, it } from 'vitest'
import { clickInMessage } from '../../src/playground/interactions/click.ts'
import { runCommand } from '../../src/playground/interactions/run-command.ts'
import { submitView } from '../../src/playground/interactions/submit-view.ts'
import { listOverrideCandidates, saveOverrideCandidates } from '../../src/store/queries/override-candidates.ts'
import { overrides } from '../../src/store/schema/events.ts'
import { describeWithDatabase } from '../support/database.ts'
import { createSlackHarness, type SlackHarness, seedWorkItems } from '../support/slack-harness.ts'

const AT = new Date('2026-11-10T12:00:00Z')
const candidate = (id: string, annotation: { label: string | null; explanation: string | null }) => ({
  ...{ id, workflow: 'claims', workItemId: 'claim-8841', traceId: 't-8841-2', stepId: 's1', agentDecision: 'deny' },
  ...{ annotation: { name: 'correctness', score: 0, ...annotation }, occurredAt: AT, recordedAt: AT },
})

describeWithDatabase('annotations in Slack', (database) => {
  let harness: SlackHarness
  beforeEach(async () => {
    harness = createSlackHarness(database().db)
    await seedWorkItems(database().db)
    await saveOverrideCandidates(database().db, [
      candidate('a1', { label: 'approve', explanation: 'the hail rider applies' }),
      candidate('a2', { label: '<!channel>', explanation: null }),
    ])
  })
  const context = () => harness.playground.context
  const last = async () => (await context().store.list()).filter((message) => message.user === 'U0DOCKET').at(-1)!
  const said = async () => JSON.stringify((await last()).message)
  const command = async (text: string) => {
    const known = ['/docket', '/override']
    await runCommand(context(), { user: 'U0DANA', channel: 'C0CLAIMS', text, threadTs: null, known })
    await harness.slack.idle()
  }
  const click = async (value: string, deed: string) => {
    const { channel, ts, message } = await last()
    const blocks = message.blocks as { block_id: string; elements?: { action_id?: string; value?: string }[] }[]
    for (const block of blocks) {
      const element = block.elements?.find((one) => one.value === value && one.action_id?.startsWith(deed))
      if (!element) continue
      const actionId = element.action_id!
      await clickInMessage(context(), { user: 'U0DANA', channel, ts, blockId: block.block_id, actionId, value: null })
    }
    await harness.slack.idle()
  }
  const submit = async (values: Record<string, string | null>) => {
    const open = context().session.views.get('U0DANA')!.at(-1)!
    const errors = await submitView(context(), { user: 'U0DANA', viewId: open.id, values })
    await harness.slack.idle()
    return errors
  }
  const statuses = async () =>
    (await listOverrideCandidates(database().db, { limit: 10 })).map(({ id, status }) => `${id} ${status}`).sort()

  it('become overrides by a form with the fields filled in, and are settled by it, once', async () => {
    await command('/docket annotations claim-8841')
    expect(await said()).toContain('2 annotations of claim-8841 may be a correction')
    expect(await said()).toContain('&lt;!channel&gt;')
    await click('a1', 'confirm_candidate')
    const view = JSON.stringify(context().session.views.get('U0DANA')!.at(-1)!.view)
    for (const text of ['"deny"', '"approve"', '"the hail rider applies"', '"claim-8841"']) expect(view).toContain(text)
    const filled = {
      work_item: 'claim-8841',
      agent_decision: 'deny',
      human_decision: 'approve',
      reason: 'the hail rider applies to garages',
      rule: 'HR-12',
      minutes: '4',
    }
    expect(await submit({ ...filled, work_item: 'claim-1200' })).toEqual({
      work_item: 'What was said is of claim-8841. For another item, use /override.',
    })
    expect(await submit(filled)).toBeNull()
    expect(await database().db.select().from(overrides)).toMatchObject([
      {
        ...{ id: 'annotation-a1', traceId: 't-8841-2', stepId: 's1', rule: 'HR-12', minutes: 4, occurredAt: AT },
        ...{ actor: 'Dana Okafor', humanDecision: 'approve', reason: 'the hail rider applies to garages' },
      },
    ])
    expect(await statuses()).toEqual(['a1 confirmed', 'a2 open'])
    await command('/docket annotations claims')
    expect(await said()).toContain('1 annotation of claims')
    expect(await said()).not.toContain('hail rider')
    expect(harness.faults).toEqual([])
  })

  it('are dismissed, and a stale button says who settled them', async () => {
    await command('/docket annotations')
    await click('a2', 'dismiss_candidate')
    expect(await said()).toContain('is no correction')
    expect(await statuses()).toEqual(['a1 open', 'a2 dismissed'])
    await saveOverrideCandidates(database().db, [candidate('a1', { label: 'approve', explanation: null })])
    await command('/docket annotations claims/claim-8841')
    await harness.services.dismissCandidate('a1', 'Sam Whitfield')
    await click('a1', 'confirm_candidate')
    expect(JSON.stringify(context().session.views.get('U0DANA')!.at(-1)!.view)).toContain('Sam Whitfield dismissed it')
    await command('/docket annotations')
    expect(await said()).toContain('Nothing is open')
  })
})
