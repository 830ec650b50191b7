import { z } from 'zod'
import { isTimeZone } from '../domain/period.ts'
import { Problem } from '../domain/problem.ts'

const text = z.string().trim().min(1).optional()
const url = (protocols: RegExp, example: string) =>
  z.url({ protocol: protocols, error: `expected a URL such as ${example}` }).optional()

const Environment = z
  .object({
    PORT: z.coerce.number({ error: 'expected a port number' }).int().min(0).max(65_535).default(3000),
    HOST: z.string().trim().min(1).default('127.0.0.1'),
    DATABASE_URL: url(/^postgres(ql)?$/, 'postgres://user:password@host:5432/docket'),
    /** Whoever owns the tables, where DATABASE_URL is a user with fewer rights: the schema is brought up to date under it. */
    DATABASE_OWNER_URL: url(/^postgres(ql)?$/, 'postgres://owner:password@host:5432/docket'),
    DOCKET_DATA_DIR: z.string().trim().min(1).default('.docket'),
    /** Where people reach Docket, for the links in Slack. */
    PUBLIC_URL: url(/^https?$/, 'https://docket.example.com'),
    SLACK_BOT_TOKEN: z
      .string()
      .startsWith('xoxb-', { error: 'expected a bot token, which begins with xoxb-' })
      .optional(),
    SLACK_APP_TOKEN: z
      .string()
      .startsWith('xapp-', { error: 'expected an app token, which begins with xapp-' })
      .optional(),
    SLACK_SIGNING_SECRET: text,
    SLACK_CLIENT_ID: text,
    SLACK_CLIENT_SECRET: text,
    OPENAI_API_KEY: text,
    OPENAI_BASE_URL: url(/^https?$/, 'https://api.openai.com/v1'),
    OPENAI_MODEL: text,
    EMBEDDING_MODEL: text,
    /** Width of that model's vectors. */
    EMBEDDING_DIMENSIONS: z.coerce.number({ error: 'expected a number' }).int().min(1).max(4000).default(1536),
    /** Tokens that embedding may take on a UTC day, over all processes. Not less than one long text with a tenth to spare. */
    EMBEDDING_BUDGET_TOKENS_PER_DAY: z.coerce
      .number({ error: 'expected a number of tokens' })
      .int()
      .min(10_000, { error: 'expected at least 10000 tokens' })
      .max(2_000_000_000)
      .optional(),
    /** Tokens that OPENAI_MODEL may take on a UTC day for stories of runs, by an estimate; 0: it tells none. */
    STORY_BUDGET_TOKENS_PER_DAY: z.coerce
      .number({ error: 'expected a number of tokens' })
      .int()
      .min(0)
      .max(2_000_000_000)
      .default(200_000),
    DIGEST_CHANNEL: text,
    DIGEST_CRON: z
      .string()
      .regex(/^\s*\S+(\s+\S+){4,5}\s*$/, { error: 'expected a cron expression of five fields, such as 0 9 * * 1' })
      .default('0 9 * * 1'),
    TIMEZONE: z
      .string()
      .refine(isTimeZone, { error: 'expected an IANA time zone, such as Europe/Berlin' })
      .default('UTC'),
    DOCKET_ROLE: z.enum(['all', 'ingest', 'bot', 'worker']).default('all'),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    PLAYGROUND: z.enum(['0', '1']).optional(),
    PLAYGROUND_HOST: text,
    /** With it, webhooks may be signed instead of carrying a key. */
    WEBHOOK_SIGNING_SECRET: z.string().min(16, { error: 'expected at least 16 characters' }).optional(),
    /** Days that raw spans are kept; facts, overrides and decisions stay. */
    SPAN_RETENTION_DAYS: z.coerce.number({ error: 'expected a number of days' }).int().min(1).max(3650).default(90),
  })
  .superRefine((environment, context) => {
    const hasBot = environment.SLACK_BOT_TOKEN !== undefined
    if (hasBot && !environment.SLACK_APP_TOKEN && !environment.SLACK_SIGNING_SECRET) {
      context.addIssue({
        code: 'custom',
        path: ['SLACK_BOT_TOKEN'],
        message: 'needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it',
      })
    }
    if (environment.DATABASE_OWNER_URL && !environment.DATABASE_URL) {
      context.addIssue({ code: 'custom', path: ['DATABASE_OWNER_URL'], message: 'needs DATABASE_URL beside it' })
    }
    if (environment.SLACK_APP_TOKEN && !hasBot) {
      context.addIssue({ code: 'custom', path: ['SLACK_APP_TOKEN'], message: 'needs SLACK_BOT_TOKEN beside it' })
    }
  })

export type Config = z.infer<typeof Environment> & {
  /** The playground is served where no Slack tokens are set, or where it is asked for. */
  servesPlayground: boolean
}

/**
 * Reads every setting once. Throws a Problem that names each bad one; an empty value counts as unset.
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Environment.safeParse(set)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`)
    throw new Problem('bad_settings', lines.join('\n'), {
      nextStep: 'Correct the environment (or .env) and start again; README.md lists the settings.',
    })
  }
  const config = parsed.data
  return {
    ...config,
    servesPlayground: config.PLAYGROUND === undefined ? !config.SLACK_BOT_TOKEN : config.PLAYGROUND === '1',
  }
}
