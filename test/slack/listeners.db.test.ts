import { beforeEach, expect, it } from 'vitest'
import type { ShiftNotice } from '../../src/domain/shift.ts'
import { clickInHome, clickInMessage, runShortcut } from '../../src/playground/interactions/click.ts'
import { runCommand } from '../../src/playground/interactions/run-command.ts'
import { deliverEvent, openAppHome, saySomething } from '../../src/playground/interactions/say-something.ts'
import { submitView } from '../../src/playground/interactions/submit-view.ts'
import { putWorkflow } from '../../src/store/queries/put-workflow.ts'
import { listShiftMutes } from '../../src/store/queries/shift-mutes.ts'
import { insertShiftNotice } from '../../src/store/queries/shift-notices.ts'
import { overrides } from '../../src/store/schema/events.ts'
import { describeWithDatabase } from '../support/database.ts'
import { createSlackHarness, type SlackHarness, seedWorkItems } from '../support/slack-harness.ts'

const KNOWN = ['/docket', '/override']
const CHANNEL = 'C0CLAIMS'

describeWithDatabase('Slack', (database) => {
  let harness: SlackHarness
  beforeEach(async () => {
    harness = createSlackHarness(database().db)
    await seedWorkItems(database().db)
  })

  const context = () => harness.playground.context
  const messages = () => context().store.list()
  const say = async (text: string, threadTs: string | null = null, channel = CHANNEL, user = 'U0DANA') => {
    const said = await saySomething(context(), { user, channel, text, threadTs })
    await harness.slack.idle()
    return said
  }
  const command = async (text: string, user = 'U0DANA') => {
    await runCommand(context(), { user, channel: CHANNEL, text, threadTs: null, known: KNOWN })
    await harness.slack.idle()
  }
  const fromDocket = async () => (await messages()).filter((message) => message.user === 'U0DOCKET')
  const last = async () => (await fromDocket()).at(-1)!
  const click = async (actionId: string, value: string | null = null, user = 'U0DANA') => {
    for (const message of (await fromDocket()).reverse()) {
      const blocks = (message.message.blocks ?? []) as { block_id: string; elements?: { action_id?: string }[] }[]
      const block = blocks.find((candidate) => candidate.elements?.some((element) => element.action_id === actionId))
      if (!block) continue
      await clickInMessage(context(), {
        user,
        channel: message.channel,
        ts: message.ts,
        blockId: block.block_id,
        actionId,
        value,
      })
      await harness.slack.idle()
      return
    }
    throw new Error(`no element ${actionId}`)
  }
  const openViews = (user = 'U0DANA') => context().session.views.get(user) ?? []
  const fill = async (values: Record<string, string | null>, user = 'U0DANA') => {
    const errors = await submitView(context(), { user, viewId: openViews(user).at(-1)!.id, values })
    await harness.slack.idle()
    return errors
  }
  const text = (message: { message: Record<string, unknown> }) => JSON.stringify(message.message)

  it('answers a mention in its thread, and follow-ups there without one', async () => {
    const asked = await say('@Docket why did claims cost spike?')
    const answer = await last()
    expect(answer).toMatchObject({ threadTs: asked.ts, ephemeralTo: null })
    expect(harness.services.asked).toMatchObject([
      { question: 'why did claims cost spike?', threadId: `${CHANNEL}:${asked.ts}`, user: 'U0DANA' },
    ])
    await say('and by region?', asked.ts, CHANNEL, 'U0SAM')
    expect(harness.services.asked).toHaveLength(2)
    expect(await fromDocket()).toHaveLength(2)
    expect(harness.faults).toEqual([])
  })

  it('keeps out of talk that is not for it', async () => {
    const asked = await say('@Docket why did claims cost spike?')
    await say('thanks, looking', asked.ts)
    await say('@Sam can you look, why does it cost so much?', asked.ts)
    await say('why is this so slow?')
    expect(await fromDocket()).toHaveLength(1)
  })

  it('answers direct messages in the thread that each begins', async () => {
    const asked = await say('what does a claim cost?', null, 'D0DANA')
    expect(await last()).toMatchObject({ channel: 'D0DANA', threadTs: asked.ts })
  })

  it('handles an event once, however often it is delivered', async () => {
    const asked = await say('hello there')
    const event = {
      type: 'app_mention',
      user: 'U0DANA',
      text: '<@U0DOCKET> why?',
      ts: asked.ts,
      event_ts: asked.ts,
      channel: CHANNEL,
    }
    await Promise.all([deliverEvent(context(), event, 'Ev1'), deliverEvent(context(), event, 'Ev1')])
    await deliverEvent(context(), event, 'Ev1')
    await harness.slack.idle()
    expect(await fromDocket()).toHaveLength(1)
  })

  it('lets no markup of a question through', async () => {
    await say('@Docket why <!channel> & <https://evil.example|bank>?')
    expect(text(await last())).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|bank&gt;')
    expect(harness.faults).toEqual([])
  })

  it('records a one-line override and finds it again', async () => {
    await command('/override claim-8841 deny -> approve because hail rider applies rule HR-12 took 12m')
    const said = await last()
    expect(said.ephemeralTo).toBe('U0DANA')
    expect(text(said)).toContain(
      'attempt 2: deny → approve, rule HR-12, 12 min ($9.60). It is the first like it in three weeks.',
    )
    const [stored] = await database().db.select().from(overrides)
    expect(stored).toMatchObject({
      workItemId: 'claim-8841',
      traceId: 't-8841-2',
      actor: 'Dana Okafor',
      minutes: 12,
      rule: 'HR-12',
    })
    await command('/docket find hail rider')
    expect(text(await last())).toContain('*hail rider* applies')
    await command('/override claim-8841 deny -> approve because again rule HR-12')
    await click('show_similar_overrides')
    expect(text(await last())).toContain('hail rider applies')
    expect(harness.faults).toEqual([])
  })

  it('takes an override after a mention as well, and offers a button where a form is meant', async () => {
    const said = await say('@Docket override claim-8841 deny -> approve because hail rider applies')
    expect(await last()).toMatchObject({ ephemeralTo: null, threadTs: said.ts })
    expect(text(await last())).toContain('deny → approve')
    await say('@Docket override claim-8841')
    expect(await last()).toMatchObject({ ephemeralTo: 'U0DANA' })
    await click('open_override_form')
    expect(JSON.stringify(openViews()[0]!.view)).toContain('"initial_value":"claim-8841"')
  })

  it('says which ids are near an unknown one, records nothing, and gives the text back', async () => {
    await command('/override claim-8814 deny -> approve because hail rider applies')
    const said = text(await last())
    expect(said).toMatch(/“claim-8814” is not among the work items I know\. Nearest: claim-8841 .*claim-8114 /)
    expect(said).toContain('/override claim-8814 deny -&gt; approve because hail rider applies')
    expect(await database().db.select().from(overrides)).toEqual([])
  })

  it('names the place that it cannot read', async () => {
    await command('/override claim-8841 deny approve')
    expect(text(await last())).toContain('I found no arrow')
    expect(await database().db.select().from(overrides)).toEqual([])
  })

  it('opens a filled-in form, shows its errors, and records it', async () => {
    await command('/override claim-8841')
    expect(JSON.stringify(openViews()[0]!.view)).toContain('"initial_value":"deny"')
    const values = {
      work_item: 'claim-8814',
      agent_decision: 'deny',
      human_decision: 'approve',
      reason: 'rider',
      rule: null,
      minutes: '5',
    }
    expect(await fill(values)).toEqual({
      work_item: 'Not among the work items I know. Nearest: claim-8841, claim-8114.',
    })
    expect(await fill({ ...values, reason: null })).toHaveProperty('reason')
    expect(await fill({ ...values, work_item: 'claim-8841' })).toBeNull()
    expect(openViews()).toEqual([])
    expect(text(await last())).toContain('5 min ($4.00)')
    expect(await database().db.select().from(overrides)).toHaveLength(1)
  })

  it('replaces used buttons by who did what', async () => {
    await say('@Docket why did claims cost spike?')
    await click('ask_follow_up_0', null, 'U0SAM')
    expect(harness.services.asked.at(-1)).toMatchObject({ question: 'And by region?', user: 'U0SAM' })
    const [first] = await fromDocket()
    expect(text(first!)).toContain('<@U0SAM> asked “And by region?”')
    expect(text(first!)).not.toContain('ask_follow_up_0')
    expect(text(first!)).toContain('ask_follow_up_1')
    await click('show_traces')
    expect(text(await last())).toContain('<http://127.0.0.1:3000/work-items/claims/claim-8841|claim-8841>')
    await click('explain_further')
    expect(text(await last())).toContain('explain change · workflow claims')
    expect(harness.faults).toEqual([])
  })

  it('takes the votes of several people, each once', async () => {
    await say('@Docket why did claims cost spike?')
    const id = JSON.stringify((await last()).message.blocks).match(/"not_helpful:([^"]+)"/)![1]!
    await click('answer_feedback', `helpful:${id}`, 'U0DANA')
    await click('answer_feedback', `not_helpful:${id}`, 'U0SAM')
    await click('answer_feedback', `helpful:${id}`, 'U0SAM')
    expect(await last()).toMatchObject({ ephemeralTo: 'U0SAM' })
    expect(text(await last())).toContain('So far: 2 helpful, 0 not.')
  })

  it('shares a private answer once, and only for who asked', async () => {
    await command('/docket ask what does a claim cost?')
    expect(await last()).toMatchObject({ ephemeralTo: 'U0DANA' })
    await expect(click('share_to_channel', null, 'U0SAM')).rejects.toThrow('message_not_found')
    await click('share_to_channel')
    const all = await fromDocket()
    expect(all.at(-1)).toMatchObject({ ephemeralTo: null, threadTs: null })
    expect(text(all.at(-1)!)).toContain('Shared by <@U0DANA>')
    expect(all.some((message) => message.message.text === 'Shared to the channel.')).toBe(true)
    await say('and by region?', all.at(-1)!.ts)
    expect(harness.services.asked).toHaveLength(2)
  })

  it('explains a stale click', async () => {
    await say('@Docket why did claims cost spike?')
    await database().db.execute('delete from slack_answers')
    await click('show_traces', null, 'U0SAM')
    expect(await last()).toMatchObject({ ephemeralTo: 'U0SAM' })
    expect(text(await last())).toContain('no longer kept')
  })

  it('shows digest, workflows, budget and help', async () => {
    await command('/docket digest')
    expect(text(await last())).toContain('Week of 2026-11-16')
    await command('/docket digest 2026-11-12')
    expect(text(await last())).toContain('Week of 2026-11-09')
    await command('/docket digest soon')
    expect(text(await last())).toContain('“soon” is not a day.')
    await command('/docket workflow')
    expect(text(await last())).toContain(
      '$14,210 spent, 1,904 claims resolved, $2.13 a resolved claim ($1.90 the week before)',
    )
    await command('/docket budget claims')
    expect(text(await last())).toContain('$41,000 of $60,000 this month (68 %)')
    await command('/docket workflow nosuch')
    expect(text(await last())).toContain('I know no workflow “nosuch”.')
    await command('/docket help')
    expect(text(await last())).toContain('/override claim-8841 deny -&gt; approve')
  })

  it('suggests a rule from like overrides, which an owner confirms, changes and retires, for everybody to see', async () => {
    for (const item of ['claim-8841', 'claim-8114', 'claim-1200']) {
      await command(`/override ${item} deny -> approve because hail rider applies rule HR-12 took 12m`)
    }
    expect(text(await last())).toContain('Suggest a rule')
    await command('/docket rules')
    expect(text(await last())).toContain('3 times in 3 weeks by 1 person, HR-12')
    await click('open_rule_form_0')
    expect(JSON.stringify(openViews().at(-1)!.view)).toContain('In claims: approve, not deny. hail rider applies.')
    const validFrom = new Date().toISOString().slice(0, 10)
    const rule = { rule: 'HR-12', text: 'Hail is covered where the rider is endorsed', valid_from: validFrom }
    expect(await fill({ ...rule, rule: 'HR 12' })).toHaveProperty('rule')
    expect(await fill(rule)).toBeNull()
    const announced = await last()
    expect(announced).toMatchObject({ channel: CHANNEL, ephemeralTo: null })
    expect(text(announced)).toContain('drawn from 3 overrides')
    // The suggestion is stale now, whoever clicks it.
    await click('open_rule_form_0', null, 'U0DANA')
    expect(JSON.stringify(openViews().at(-1)!.view)).toContain('is a rule already, confirmed by Dana Okafor')

    // Only owners decide, and a message that all see says who used its button.
    await putWorkflow(database().db, 'claims', { unit: 'claim', owners: ['Dana Okafor'] }, new Date())
    await say('@Docket rules HR-12', null, CHANNEL, 'U0SAM')
    await click('open_rule_form', null, 'U0SAM')
    expect(JSON.stringify(openViews('U0SAM').at(-1)!.view)).toContain('Only the owners of claims decide its rules')
    await click('open_retire_form')
    expect(await fill({ valid_from: validFrom })).toBeNull()
    expect(text((await fromDocket()).at(-2)!)).toContain('<@U0DANA> retired rule HR-12')
    expect(text((await fromDocket()).at(-2)!)).not.toContain('open_retire_form')
    expect(text(await last())).toContain('retired rule')
    expect(harness.faults).toEqual([])
  })

  it('keeps a thread with its authors and times', async () => {
    const root = await say('Does the hail rider cover detached garages?')
    await say('Yes: it follows the dwelling.', root.ts, CHANNEL, 'U0SAM')
    await runShortcut(context(), { user: 'U0DANA', callbackId: 'save_decision', channel: CHANNEL, ts: root.ts })
    await harness.slack.idle()
    expect(JSON.stringify(openViews().at(-1)!.view)).toContain('The thread’s 2 messages are kept with it')
    const filled = { title: 'Garages', text: 'It follows the dwelling', workflow: null, work_item: null, rule: null }
    expect(await fill(filled)).toBeNull()
    expect(harness.services.decisions[0]).toMatchObject({
      occurredAt: new Date(Math.round(Number(root.ts) * 1000)),
      messages: [
        { author: 'Dana Okafor', text: 'Does the hail rider cover detached garages?' },
        { author: 'Sam Whitfield', text: 'Yes: it follows the dwelling.' },
      ],
    })
  })

  it('saves a message as a decision, and offers the override form for one', async () => {
    const said = await say('We agreed: the hail rider covers detached garages, see claim-8841.')
    const chosen = { user: 'U0DANA', channel: CHANNEL, ts: said.ts }
    await runShortcut(context(), { ...chosen, callbackId: 'save_decision' })
    await harness.slack.idle()
    const filled = {
      title: 'Hail rider covers garages',
      text: 'We agreed',
      workflow: 'claims',
      work_item: 'claim-8841',
      rule: null,
    }
    expect(await fill(filled)).toBeNull()
    expect(harness.services.decisions).toMatchObject([
      { workItemId: 'claim-8841', workflow: 'claims', actor: 'Dana Okafor', source: { ts: said.ts } },
    ])
    expect(text(await last())).toContain('Kept as a decision')
    await runShortcut(context(), { ...chosen, callbackId: 'record_override' })
    await harness.slack.idle()
    expect(JSON.stringify(openViews().at(-1)!.view)).toContain('claim-8841')
  })

  it('fills the Home tab and the agent view', async () => {
    await openAppHome(context(), 'U0DANA', 'D0DANA', 'home')
    await openAppHome(context(), 'U0DANA', 'D0DANA', 'messages')
    await harness.slack.idle()
    expect(JSON.stringify(context().session.homes.get('U0DANA'))).toContain('$14,210 spent')
    expect(context().session.prompts.get('D0DANA')!.prompts).toHaveLength(4)
    await clickInHome(context(), {
      user: 'U0DANA',
      blockId: 'home_actions',
      actionId: 'open_override_form',
      value: 'home',
    })
    await harness.slack.idle()
    expect(openViews()).toHaveLength(1)
  })

  it('shows the settings of a workflow, and changes them by a form that names what is wrong', async () => {
    await command('/docket workflow CLAIMS')
    expect(text(await last())).toContain('the outsourcer charges $4.50 a unit')
    expect(text(await last())).toContain('exceptionDocs, region (found in the work items)')
    expect(text(await last())).toContain('customer (10 values)')
    await click('edit_workflow')
    const values = {
      unit: 'claim',
      baseline_kind: 'bpo',
      cost_per_unit: '',
      minutes_per_unit: '12',
      correction_hourly_rate: '48',
      dimensions: 'region, postcode',
      owners: 'Sam Whitfield',
    }
    expect(await fill(values)).toEqual({
      cost_per_unit: 'Write what the outsourcer charges a unit, such as 4.50.',
      minutes_per_unit: 'This belongs to another kind of baseline: empty it, or choose that kind above.',
      dimensions: 'No work item has postcode. They have exceptionDocs, region, customer.',
    })
    const right = { ...values, cost_per_unit: '5.25', rework_share: '4', minutes_per_unit: '', dimensions: 'region' }
    expect(await fill(right)).toEqual({
      owners: 'You could not change this again: add Dana Okafor, or leave it empty.',
    })
    expect(await fill({ ...right, owners: 'Dana Okafor, <b>' })).toBeNull()
    expect(harness.services.workflows.get('claims')).toEqual({
      name: 'claims',
      unit: 'claim',
      owners: ['Dana Okafor', '<b>'],
      baseline: { kind: 'bpo', costPerUnit: 5.25, reworkShare: 0.04 },
      correctionHourlyRate: 48,
      dimensions: ['region'],
    })
    expect(text(await last())).toContain('Saved. Answers use it from now on.')
    expect(text(await last())).toContain('Dana Okafor, &lt;b&gt;')
    expect(context().session.homes.get('U0DANA')).toBeDefined()
    expect(harness.faults).toEqual([])
  })

  it('lets owners and administrators change settings, nobody else, and checks again when the form is sent', async () => {
    await command('/docket workflow claims')
    await click('edit_workflow')
    harness.services.workflows.set('claims', { name: 'claims', unit: 'claim', owners: ['Abby Nakashima'] })
    expect((await fill({ unit: 'case', baseline_kind: 'none' }))!.unit).toContain('You may not set claims')
    await click('edit_workflow')
    expect(JSON.stringify(openViews().at(-1)!.view)).toContain('Ask Abby Nakashima or an administrator')
    // Sam is an administrator. What somebody else saved meanwhile is not overwritten.
    await command('/docket workflow claims', 'U0SAM')
    await click('edit_workflow', null, 'U0SAM')
    harness.services.workflows.set('claims', { name: 'claims', unit: 'claim', owners: ['Helen Brandtner'] })
    expect((await fill({ unit: 'case', baseline_kind: 'none' }, 'U0SAM'))!.unit).toContain('changed these settings')
    expect(harness.services.workflows.get('claims')).toMatchObject({ unit: 'claim' })
  })

  it('tells only the person when something fails, with a reference', async () => {
    harness.services.ask = async () => {
      throw new Error('database is gone: postgres://secret')
    }
    await say('@Docket why did claims cost spike?')
    const said = await last()
    expect(said.ephemeralTo).toBe('U0DANA')
    expect(text(said)).toMatch(/reference [0-9a-f]{8}/)
    expect(text(said)).not.toContain('secret')
    expect(context().session.statuses.size).toBe(0)
  })

  it('posts a digest that can be voted on', async () => {
    const ts = await harness.slack.postDigest('C0DIGEST', await harness.services.composeDigest())
    expect(await last()).toMatchObject({ ts, channel: 'C0DIGEST' })
    expect(text(await last())).toContain('feedback_buttons')
  })

  it('tells of a shift with the first lines of its explanation, explains it in its thread, and can be muted', async () => {
    const shift = { date: '2026-11-17', from: '2026-11-16', to: '2026-11-18', before: 0.015, after: 0.06 }
    const notice: ShiftNotice = {
      ...{ id: 'claims/2026-11-17', workflow: 'claims', date: '2026-11-17', state: 'new', cause: null },
      shifts: [{ ...shift, metric: 'override_rate', kind: 'level', unit: 'share', ratio: 4, sigmas: 5 }],
      question: 'why did the override rate of claims change from 17 Nov 2026 to 23 Nov 2026?',
      noticedAt: new Date('2026-11-20T00:00:00Z'),
    }
    const { db } = database()
    await insertShiftNotice(db, notice)
    const answer = await harness.services.ask({ question: notice.question })
    const ts = await harness.slack.postShift(CHANNEL, notice, answer, 'UTC')
    expect(text(await last())).toContain(
      'claims moved on Tue 17 Nov, likely between Mon 16 Nov and Wed 18 Nov: override rate 1.5 % → 6 %.',
    )
    expect(text(await last())).toContain('$14,210')
    await click('explain_shift')
    expect(harness.services.asked.at(-1)).toMatchObject({ question: notice.question, threadId: `${CHANNEL}:${ts}` })
    await click('mute_shifts')
    expect(await listShiftMutes(db)).toMatchObject([{ workflow: 'claims', mutedBy: 'U0DANA' }])
    expect(text(await last())).toContain('claims is muted until')
    await click('unmute_shifts', null, 'U0SAM')
    expect(await listShiftMutes(db)).toEqual([])
    expect(harness.faults).toEqual([])
  })
})
