import { expect, it } from 'vitest'
import { readConfig } from '../../src/runtime/config.ts'

it('has defaults for everything', () => {
  expect(readConfig({})).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    DOCKET_DATA_DIR: '.docket',
    DIGEST_CRON: '0 9 * * 1',
    TIMEZONE: 'UTC',
    DOCKET_ROLE: 'all',
    servesPlayground: true,
  })
})

it.each([
  [{ PORT: 'eighty' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
  [{ TIMEZONE: 'Mars/Olympus' }, 'TIMEZONE'],
  [{ DOCKET_ROLE: 'boss' }, 'DOCKET_ROLE'],
  [{ DIGEST_CRON: 'mondays' }, 'DIGEST_CRON'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_BOT_TOKEN'],
  [{ SLACK_BOT_TOKEN: 'secret', SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
])('names the bad setting in %j', (environment, name) => {
  expect(() => readConfig(environment)).toThrow(new RegExp(`^${name}: `, 'm'))
})

it('names every bad setting at once, and no value', () => {
  const environment = { PORT: 'x', SLACK_BOT_TOKEN: 'my-secret', SLACK_APP_TOKEN: 'xapp-1' }
  expect(() => readConfig(environment)).toThrow(/PORT: .*\nSLACK_BOT_TOKEN: (?!.*my-secret)/)
})

it('serves no playground beside Slack unless asked', () => {
  const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }
  expect(readConfig(slack).servesPlayground).toBe(false)
  expect(readConfig({ ...slack, PLAYGROUND: '1' }).servesPlayground).toBe(true)
  expect(readConfig({ PORT: '' }).PORT).toBe(3000)
})
