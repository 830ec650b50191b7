import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt'
import { unescapeMrkdwn } from '../../../narration/escape-mrkdwn.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { runCommand } from '../../requests/run-command.ts'

export const onOverrideCommand = (deps: SlackDependencies) => (args: AllMiddlewareArgs & SlackCommandMiddlewareArgs) =>
  runCommand(deps, args, { name: 'override', line: unescapeMrkdwn(args.command.text) })
