import { ErrorCode } from '@slack/web-api'
import { Problem } from '../domain/problem.ts'

/** Slack's own "no" as a Problem: nothing stands in the channel. Any other error leaves that open, and stays what it is. */
export function asRefusal(error: unknown, what: string, channel: string): unknown {
  const { code, data } = error as { code?: string; data?: { error?: string } }
  if (code !== ErrorCode.PlatformError) return error
  return new Problem('post_refused', `Slack refused ${what} in channel ${channel}: ${data?.error}.`, {
    nextStep: 'Check the channel in the settings, and invite @Docket to it.',
    cause: error,
  })
}
