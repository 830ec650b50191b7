import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from './support/browser.ts'
import { copyDataDirectory } from './support/copy-data-directory.ts'
import { type StartedDocket, startDocket } from './support/start-docket.ts'

/** The whole program as its users meet it: real database, real Bolt listeners, a real browser. */
let docket: StartedDocket
let browser: Browser
let page: Page
const problems: string[] = []

const DAY = 86_400_000
/** Noon (UTC) of the n-th day of the last whole week, 0 being its Monday; negative days are of the weeks before. */
function dayOfLastWeek(day: number): Date {
  const now = new Date()
  const monday = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()) - ((now.getUTCDay() + 6) % 7) * DAY
  return new Date(monday + (day - 7) * DAY + DAY / 2)
}

/** 20 claims a day on each of ten days, one call each: 10,000 tokens in and 1,000 out on gpt-4.1, which is 2.8¢. */
const TRACES = Array.from({ length: 200 }, (_, index) => {
  const startedAt = dayOfLastWeek((Math.floor(index / 20) % 5) - (index < 100 ? 7 : 0))
  return {
    traceId: `trace-${index}`,
    workflow: 'claims',
    workItem: { id: `claim-${index}`, attributes: { policyType: index % 2 === 0 ? 'home' : 'auto' } },
    startedAt: startedAt.toISOString(),
    steps: [
      {
        kind: 'llm',
        name: 'assess',
        model: 'gpt-4.1',
        usage: { inputTokens: 10_000, outputTokens: 1_000 },
        documents: [{ id: 'hail', title: 'Hail rider', score: 0.8, used: false }],
        decision: { choice: 'deny', rationale: '<b>no cover</b> & no rider', rules: ['HR-12'] },
      },
    ],
    outcome: { status: 'resolved', occurredAt: new Date(startedAt.getTime() + 3_600_000).toISOString() },
  }
})

beforeAll(async () => {
  docket = await startDocket({ arguments: ['--empty'], dataDirectory: await copyDataDirectory() })
  await docket.call('PUT', '/api/workflows/claims', {
    unit: 'claim',
    baseline: { kind: 'bpo', costPerUnit: 4.5 },
    correctionHourlyRate: 48,
  })
  expect(await docket.call('POST', '/webhooks/traces', TRACES)).toMatchObject({ accepted: 200 })
  browser = await launchBrowser()
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  page.setDefaultTimeout(30_000)
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(docket.url)
  await page.getByRole('button', { name: 'claims-ops' }).click()
})
afterAll(async () => {
  await browser?.close()
  await docket?.remove()
  expect(problems).toEqual([])
})

const channel = () => page.getByRole('main')
const thread = () => page.getByRole('complementary', { name: 'Thread' })
const form = () => page.getByRole('dialog')
const type = async (text: string) => {
  await channel().getByRole('combobox').fill(text)
  await page.keyboard.press('Enter')
}

it('answers a question in a thread, and a follow-up without a mention', async () => {
  await type('@Docket what did a resolved claim cost last week?')
  const answer = thread().locator('[data-from=docket]').first()
  await answer.getByText('$0.028').first().waitFor()
  await thread().getByRole('combobox', { name: 'Reply' }).fill('and by policy type?')
  await page.keyboard.press('Enter')
  await thread().locator('[data-from=docket]').nth(1).getByText('auto').first().waitFor()
})

it('opens a trace from the answer: what was seen, decided and not used', async () => {
  const answer = thread().locator('[data-from=docket]').first()
  await answer.getByRole('button', { name: 'Show traces' }).click()
  const link = thread()
    .getByRole('link', { name: /^claim-\d+/ })
    .first()
  await link.waitFor()
  const item = await browser.newPage()
  await item.goto((await link.getAttribute('href'))!)
  expect(await item.getByRole('heading', { level: 1 }).textContent()).toMatch(/^claim-\d+$/)
  await item.getByText('what it saw and did').first().click()
  await item.getByText('<b>no cover</b> & no rider').waitFor()
  await item.getByText('not used').waitFor()
  await item.close()
})

it('records an override by one line and by form, and finds both again', async () => {
  await type('/override claim-8 deny -> approve because the hail rider covers skylights rule HR-12 took 12m')
  await channel().getByText('deny → approve, rule HR-12, 12 min ($9.60)').waitFor()
  await type('/override claim-9')
  await form().getByLabel('You decided').fill('approve')
  await form().getByLabel('Because').fill('the garage counts as an outbuilding')
  await form().getByRole('button', { name: 'Record' }).click()
  await form().waitFor({ state: 'detached' })
  await type('/docket find skylights')
  await channel().getByText('hail rider covers skylights').last().waitFor()
  await type('/docket find outbuilding')
  await channel().getByText('garage counts as an outbuilding').last().waitFor()
  const item = await docket.call<{ overrides: { rule: string | null; costUsd: number | null }[] }>(
    'GET',
    '/api/work-items/claims/claim-8',
  )
  expect(item.overrides).toMatchObject([{ rule: 'HR-12', costUsd: 9.6 }])
  expect(await docket.call('GET', '/api/audit/verify')).toMatchObject({ length: 2, firstBreak: null })
})

it('refuses an override of an item that it does not know, and gives the text back', async () => {
  await type('/override claim-8888 deny -> approve because of a slip')
  await channel().getByText('claim-8888').last().waitFor()
  await channel().getByText('is not among the work items I know').waitFor()
})

it('says that nothing stands out where nothing does', async () => {
  await type('@Docket why did claims cost change last week?')
  await thread().getByText('did not change beyond its usual swing').first().waitFor()
})

it('posts the digest once', async () => {
  expect(await docket.call('POST', '/api/digest')).toMatchObject({ outcome: 'posted' })
  expect(await docket.call('POST', '/api/digest')).toMatchObject({ outcome: 'already_posted' })
  await page.getByRole('button', { name: /docket-digest/ }).click()
  await channel().getByText('100 units resolved').first().waitFor()
  expect(await channel().locator('[data-from=docket]').count()).toBe(1)
})
