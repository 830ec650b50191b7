import { z } from 'zod'

/** Personal data that a workflow may need to keep. Secrets are not among them: they are always redacted. */
export const PERSONAL_DATA = ['email', 'phone', 'card', 'iban', 'national_id'] as const
export type PersonalData = (typeof PERSONAL_DATA)[number]

const attributeName = z.string().min(1).max(255)
const literal = z.string().min(1).max(255)

/** What else is redacted: each match becomes `[name]`. */
export const RedactionPattern = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9_]{1,39}$/, {
      error: 'expected 2 to 40 small letters, digits and underscores, beginning with a letter',
    }),
    /** RE2 syntax, which has neither look-around nor back-references and takes linear time on every text. */
    pattern: z.string().min(1).max(500).optional(),
    /** Texts as they stand, found whatever their case. */
    literals: z.array(z.string().min(3).max(255)).min(1).max(200).optional(),
  })
  .refine((rule) => (rule.pattern === undefined) !== (rule.literals === undefined), {
    message: 'give a pattern or literals, not both',
    path: ['pattern'],
  })
export type RedactionPattern = z.infer<typeof RedactionPattern>

export const RedactionRules = z.strictObject({
  /** Kinds of personal data that stay as they are. */
  keep: z.array(z.enum(PERSONAL_DATA)).max(PERSONAL_DATA.length).optional(),
  patterns: z.array(RedactionPattern).max(50).optional(),
})
export type RedactionRules = z.infer<typeof RedactionRules>

/** Where a name is taken from: an attribute of a span, or the part of its text after one literal and before another. */
export const NameSource = z.union([
  attributeName,
  z.strictObject({ attribute: attributeName, after: literal.optional(), before: literal.optional() }),
])
export type NameSource = z.infer<typeof NameSource>

export const NameCondition = z
  .strictObject({ attribute: attributeName, equals: literal.optional(), startsWith: literal.optional() })
  .refine((condition) => (condition.equals === undefined) !== (condition.startsWith === undefined), {
    message: 'give equals or startsWith, not both',
    path: ['equals'],
  })
export type NameCondition = z.infer<typeof NameCondition>

/** How traces that do not carry Docket's own attributes are named. */
export const NamingRules = z.strictObject({
  /** A trace belongs to the workflow where any of its spans meets any of these. */
  traces: z.array(NameCondition).min(1).max(50).optional(),
  /** The first that is there, whichever span has it. */
  workItemId: z.array(NameSource).min(1).max(20).optional(),
  attempt: z.array(NameSource).min(1).max(20).optional(),
  /** The work item's attributes by name. */
  workItemAttributes: z.record(z.string().min(1).max(255), NameSource).optional(),
})
export type NamingRules = z.infer<typeof NamingRules>

/** Body of `PUT /api/workflows/NAME/ingest-rules`. */
export const IngestRules = z.strictObject({ redaction: RedactionRules.optional(), naming: NamingRules.optional() })
export type IngestRules = z.infer<typeof IngestRules>

/** Body of `PUT /api/ingest-rules`: what is redacted in every workflow, and where none is named yet. */
export const CommonIngestRules = z.strictObject({ redaction: RedactionRules })
