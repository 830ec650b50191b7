import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '../../src/store/client.ts'
import { overrides } from '../../src/store/schema/events.ts'
import { launchBrowser } from '../support/browser.ts'
import { createEmbeddedDatabase } from '../support/database.ts'
import { type PlaygroundServer, startPlaygroundServer } from '../support/playground-server.ts'
import { seedWorkItems } from '../support/slack-harness.ts'

let database: Database
let server: PlaygroundServer
let browser: Browser
let page: Page
const problems: string[] = []

beforeAll(async () => {
  database = await createEmbeddedDatabase()
  await seedWorkItems(database.db)
  server = await startPlaygroundServer(database.db)
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.close()
})
beforeEach(async () => {
  await database.db.execute('delete from playground_messages')
  page = await browser.newPage({ viewport: { width: 1280, height: 820 } })
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (line) => line.type() === 'error' && problems.push(line.text()))
  await page.goto(server.url)
  await page.getByRole('button', { name: 'claims-ops' }).click()
})
afterEach(async () => {
  await page.close()
  expect(problems.splice(0)).toEqual([])
  expect(server.faults.splice(0)).toEqual([])
})

const channel = () => page.getByRole('main')
const thread = () => page.getByRole('complementary', { name: 'Thread' })
const form = () => page.getByRole('dialog')
const type = async (text: string) => {
  await channel().getByRole('combobox').fill(text)
  await page.keyboard.press('Enter')
}

it('asks in a channel, follows up in the thread, and uses the answer’s buttons', async () => {
  await type('@Docket why did claims cost spike?')
  const answer = thread().locator('[data-from=docket]').first()
  await answer.getByText('Claims cost').waitFor()
  expect(await answer.getByRole('table').textContent()).toContain('$6.20')
  expect(await answer.getByRole('img', { name: /^Cost per resolved claim\. claims: 26 Oct 1\.31/ }).count()).toBe(1)

  await thread().getByRole('combobox', { name: 'Reply' }).fill('what about region?')
  await page.keyboard.press('Enter')
  await thread().getByText('You asked: what about region?').waitFor()

  await answer.getByRole('button', { name: 'And by region?' }).click()
  await answer.getByText('asked “And by region?”').waitFor()
  expect(await answer.getByRole('button', { name: 'And by region?' }).count()).toBe(0)
  await thread().getByText('You asked: And by region?').waitFor()

  await answer.getByRole('button', { name: 'Show traces' }).click()
  const link = thread().getByRole('link', { name: 'claim-8841' })
  await link.waitFor()
  expect(await link.getAttribute('href')).toBe('http://127.0.0.1:3000/work-items/claims/claim-8841')
})

it('records an override by one line, and finds it again', async () => {
  await type('/override claim-8814 deny -> approve because hail rider applies')
  await channel().getByText('is not among the work items I know').waitFor()
  expect(await channel().getByText('Only visible to you').count()).toBe(1)
  await type('/override claim-8841 deny -> approve because hail rider applies rule HR-12 took 12m')
  await channel().getByText('deny → approve, rule HR-12, 12 min ($9.60)').waitFor()
  expect(await database.db.select().from(overrides)).toHaveLength(1)
  await type('/docket find hail rider')
  await channel().getByText('One thing I remember').waitFor()

  await page.getByLabel('You are').selectOption({ label: 'Sam Whitfield' })
  await page.getByRole('button', { name: 'claims-ops' }).click()
  await channel().getByText('This is the beginning of #claims-ops').waitFor()
})

it('records an override by form: it opens filled in, names what is missing, and confirms', async () => {
  await type('/override claim-8841')
  await form().getByLabel('Work item').waitFor()
  expect(await form().getByLabel('Work item').inputValue()).toBe('claim-8841')
  expect(await form().getByLabel('The agent decided').inputValue()).toBe('deny')
  await form().getByLabel('Work item').fill('claim-884')
  await form().getByLabel('You decided').fill('approve')
  await form().getByRole('button', { name: 'Record' }).click()
  await form().getByText('Please complete this required field.').waitFor()
  await form().getByLabel('Because').fill('the rider covers hail')
  await form().getByRole('button', { name: 'Record' }).click()
  await form().getByText('Not among the work items I know. Nearest: claim-8841').waitFor()
  await form().getByLabel('Work item').fill('claim-8841')
  await form().getByLabel('Minutes it took').fill('5')
  await form().getByRole('button', { name: 'Record' }).click()
  await form().waitFor({ state: 'detached' })
  await channel().getByText('5 min ($4.00)').waitFor()
})

it('completes commands and names from the keyboard, and gives up a form with Escape', async () => {
  const composer = channel().getByRole('combobox')
  await composer.fill('/ov')
  expect(await page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option').count()).toBe(1)
  await page.keyboard.press('Tab')
  expect(await composer.inputValue()).toBe('/override ')
  await composer.fill('hello @Doc')
  await page.keyboard.press('Enter')
  expect(await composer.inputValue()).toBe('hello @Docket ')
  await type('/override')
  await form().getByLabel('Work item').waitFor()
  await page.keyboard.press('Escape')
  await form().waitFor({ state: 'detached' })
})

it('offers message shortcuts, and keeps a message as a decision', async () => {
  await type('We agreed that the hail rider covers garages, see claim-8841')
  await channel().getByText('We agreed').hover()
  await channel().getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Save as decision' }).click()
  await form().getByLabel('What was decided').fill('Hail rider covers garages')
  await form().getByRole('combobox', { name: 'Workflow' }).selectOption('claims')
  await form().getByRole('button', { name: 'Save' }).click()
  await channel().getByText('Kept as a decision: Hail rider covers garages.').waitFor()
  expect(server.services.decisions.at(-1)).toMatchObject({ title: 'Hail rider covers garages', workflow: 'claims' })
})

it('shows a private answer to its asker alone until it is shared; then others see it unread and vote', async () => {
  await type('/docket ask what does a resolved claim cost?')
  await channel().getByText('Claims cost').waitFor()
  await channel().getByRole('button', { name: 'Share to channel' }).click()
  await channel().getByText('Shared to the channel.').waitFor()
  await page.getByRole('button', { name: 'docket-digest' }).click()
  await page.getByLabel('You are').selectOption({ label: 'Sam Whitfield' })
  await page.getByRole('button', { name: /claims-ops.*unread/ }).click()
  await channel().getByText('Shared by').waitFor()
  await channel().getByRole('button', { name: 'Helpful', exact: true }).click()
  await channel().getByText('So far: 1 helpful, 0 not.').waitFor()
  await page.getByLabel('You are').selectOption({ label: 'Dana Okafor' })
})

it('shows the Home tab, and prompts in the direct messages', async () => {
  await page.getByRole('button', { name: 'Home' }).click()
  await channel().getByText('$14,210 spent').waitFor()
  await channel().getByRole('button', { name: 'Messages' }).click()
  await channel().getByRole('button', { name: 'What does a resolved claim cost?' }).click()
  await channel().getByText('You asked: What does a resolved claim cost?').waitFor()
})

it('sets a workflow by form, from the Home tab and from a command', async () => {
  await page.getByRole('button', { name: 'Home' }).click()
  await channel().getByRole('button', { name: 'Edit the settings of claims' }).click()
  await form().getByLabel('Outsourcer: dollars a unit').waitFor()
  expect(await form().getByLabel('Outsourcer: dollars a unit').inputValue()).toBe('4.5')
  await form().getByLabel('What a unit costs or brings without the agent').selectOption({ label: 'People’s time' })
  await form().getByRole('button', { name: 'Save' }).click()
  await form().getByText('Write the minutes that a unit takes a person').waitFor()
  await form().getByText('This belongs to another kind of baseline').waitFor()
  await form().getByLabel('Outsourcer: dollars a unit').fill('')
  await form().getByLabel('People: minutes a unit').fill('12')
  await form().getByLabel('People: dollars an hour').fill('45')
  await form().getByRole('button', { name: 'Save' }).click()
  await form().waitFor({ state: 'detached' })
  expect(server.services.workflows.get('claims')!.baseline).toEqual({
    kind: 'labour',
    minutesPerUnit: 12,
    hourlyRate: 45,
  })

  await page.getByRole('button', { name: 'claims-ops' }).click()
  await type('/docket workflow claims')
  await channel().getByText('people need 12 min at $45.00 an hour').waitFor()
  await type('/docket workflow claims')
  await channel().getByRole('button', { name: 'Edit settings' }).first().click()
  await form().getByLabel('People: minutes a unit').waitFor()
  expect(await form().getByLabel('People: minutes a unit').inputValue()).toBe('12')
  await page.keyboard.press('Escape')
  await form().waitFor({ state: 'detached' })
})

it('posts the digest into its channel', async () => {
  await server.slack.postDigest('C0DIGEST', await server.services.composeDigest())
  await page.getByRole('button', { name: /docket-digest/ }).click()
  await channel().getByText('21,940 units resolved').waitFor()
})

it('renders hostile text as text', async () => {
  await type('@Docket why <img src=x onerror="document.title=1"> & <!channel>?')
  await thread().getByText('<img src=x onerror="document.title=1"> & <!channel>').first().waitFor()
  expect(await page.title()).toBe('Docket playground')
  expect(await page.locator('.message img').count()).toBe(0)
})
