import type { Config } from './config.ts'

/** Tells whoever started Docket where it is, how to get in, and what to try first. */
export function sayReady(state: {
  baseUrl: string
  config: Config
  database: string
  firstKey: string | null
  demo: 'none' | 'loading' | 'loaded'
}): void {
  const { baseUrl, config, firstKey, demo } = state
  const lines = [
    '',
    `Docket is ready at ${baseUrl}`,
    `  ${state.database}${config.DATABASE_URL ? '' : ` in ${config.DOCKET_DATA_DIR}`}, role ${config.DOCKET_ROLE}, days in ${config.TIMEZONE}`,
  ]
  if (firstKey !== null) lines.push(`  Key with every scope, also in ${config.DOCKET_DATA_DIR}/key: ${firstKey}`)
  else if (!config.DATABASE_URL) lines.push(`  Your first key is in ${config.DOCKET_DATA_DIR}/key`)
  else lines.push('  Make a key: npm run docket -- keys create --scope ingest')
  if (!config.servesPlayground) lines.push('  Connected to Slack; mention the bot, or try /docket help')
  else if (demo === 'none') {
    lines.push(
      `  Send it a trace: POST ${baseUrl}/webhooks/traces, or OTLP to ${baseUrl}/v1/traces (README.md has examples)`,
      '  Or import transcripts: npm run docket -- import FILE --workflow NAME --model NAME',
    )
  } else {
    lines.push(
      '',
      demo === 'loading'
        ? 'The demo workspace is being loaded: ten weeks of an insurer’s claims, tickets and invoices.'
        : 'The demo workspace is loaded.',
      'Open the page and try, in a channel:',
      '  @Docket why did claims cost change last week?',
      '  @Docket what does a resolved claim cost, and is it cheaper than the outsourcer?',
      '  @Docket who decided that the hail rider applies?',
      '  /override     (a form opens)',
      '  /docket help',
    )
  }
  process.stdout.write(`${lines.join('\n')}\n\n`)
}
