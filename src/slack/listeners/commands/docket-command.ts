import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt'
import { unescapeMrkdwn } from '../../../narration/escape-mrkdwn.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { parseCommand } from '../../parse-command.ts'
import { runCommand } from '../../requests/run-command.ts'

export const onDocketCommand = (deps: SlackDependencies) => (args: AllMiddlewareArgs & SlackCommandMiddlewareArgs) =>
  runCommand(deps, args, parseCommand(unescapeMrkdwn(args.command.text)))
