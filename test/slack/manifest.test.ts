import { readFile } from 'node:fs/promises'
import type { App } from '@slack/bolt'
import { expect, it } from 'vitest'
import { EXAMPLE_QUESTIONS } from '../../src/slack/blocks/help.ts'
import { COMMANDS, SHORTCUTS } from '../../src/slack/ids.ts'
import { registerListeners } from '../../src/slack/register-listeners.ts'

const manifest = JSON.parse(await readFile(new URL('../../slack-manifest.json', import.meta.url), 'utf8'))
const { display_information: display, features, oauth_config: oauth, settings } = manifest

it('stays inside Slack’s limits', () => {
  expect(display.name.length).toBeLessThanOrEqual(35)
  expect(display.description.length).toBeLessThanOrEqual(140)
  expect(display.long_description.length).toBeGreaterThanOrEqual(174)
  expect(display.long_description.length).toBeLessThanOrEqual(4000)
  expect(features.agent_view.agent_description.length).toBeLessThanOrEqual(300)
  expect(features.agent_view.suggested_prompts.length).toBeLessThanOrEqual(4)
  for (const command of features.slash_commands) {
    expect(command.command.length).toBeLessThanOrEqual(32)
    expect(command.usage_hint.length).toBeLessThanOrEqual(1000)
  }
  for (const shortcut of features.shortcuts) expect(shortcut.description.length).toBeLessThanOrEqual(150)
})

it('has an entry for every listener, and a listener for every entry', () => {
  const heard: Record<'event' | 'command' | 'shortcut', string[]> = { event: [], command: [], shortcut: [] }
  const record = (kind: keyof typeof heard) => (id: unknown) => void heard[kind].push(String(id))
  const app = {
    use: () => {},
    view: () => {},
    action: () => {},
    event: record('event'),
    command: record('command'),
    shortcut: record('shortcut'),
  }
  registerListeners(app as unknown as App, {} as never)

  const declared = settings.event_subscriptions.bot_events.map((event: string) => event.split('.')[0])
  expect([...new Set(declared)].sort()).toEqual(heard.event.sort())
  expect(features.slash_commands.map((entry: { command: string }) => entry.command)).toEqual(heard.command)
  expect(heard.command).toEqual(Object.values(COMMANDS))
  expect(features.shortcuts.map((entry: { callback_id: string }) => entry.callback_id)).toEqual(heard.shortcut)
  expect(heard.shortcut).toEqual(Object.values(SHORTCUTS))
})

it('asks for the scopes that its events and calls need, and offers the prompts that the app sets', () => {
  for (const scope of [
    'app_mentions:read',
    'assistant:write',
    'chat:write',
    'commands',
    'files:write',
    'im:history',
    'im:write',
    'users:read',
    'channels:history',
    'groups:history',
  ]) {
    expect(oauth.scopes.bot).toContain(scope)
  }
  expect(features.agent_view.suggested_prompts.map((prompt: { message: string }) => prompt.message)).toEqual([
    ...EXAMPLE_QUESTIONS,
  ])
})
