import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt'
import type { Db } from '../store/client.ts'
import type { SlackServices } from './services.ts'

/** The part of a pino logger that Slack's listeners use. */
export interface SlackLog {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/** What every listener is given. */
export interface SlackDependencies {
  db: Db
  services: SlackServices
  clock: () => Date
  /** Where people reach Docket's pages, without a slash at the end. */
  baseUrl: string
  /** Days that people name in forms, and that they are shown, are days of this zone. */
  timeZone: string
  log: SlackLog
}

export type BlockActionArgs = AllMiddlewareArgs & SlackActionMiddlewareArgs<BlockAction>
