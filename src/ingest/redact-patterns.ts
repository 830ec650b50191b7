import { RE2JS } from 're2js'
import type { RedactionPattern } from '../domain/ingest-rules.ts'
import { Problem } from '../domain/problem.ts'

/** What redaction leaves, such as `[email]`: no pattern is to find anything in it. */
const MARK = /(\[[a-z][a-z0-9_ ]{1,39}\])/

/** Programs larger than this take long on every text; what a person would write stays far below. */
const LARGEST_PROGRAM = 2000

interface Compiled {
  regex: RE2JS
  replacement: string
}

/** Compiled once for each list of rules: they are read with every request, and change seldom. */
const compiledLists = new WeakMap<readonly RedactionPattern[], Compiled[]>()

/** Replaces what the patterns find outside earlier marks by `[name]`, in time that is linear in the text. */
export function redactPatterns(text: string, patterns: readonly RedactionPattern[]): string {
  let compiled = compiledLists.get(patterns)
  if (!compiled) {
    compiled = patterns.map(compile)
    compiledLists.set(patterns, compiled)
  }
  return compiled.reduce(redactPattern, text)
}

function redactPattern(text: string, { regex, replacement }: Compiled): string {
  if (!regex.test(text)) return text
  return text
    .split(MARK)
    .map((part, index) => (index % 2 === 1 ? part : regex.matcher(part).replaceAll(replacement)))
    .join('')
}

/** Throws a Problem that names the rule where a pattern cannot be read, finds nothing at all, or would be too slow. */
export function checkPatterns(patterns: readonly RedactionPattern[], path: string): void {
  patterns.forEach((rule, index) => {
    const place = `${path}[${index}].pattern`
    try {
      const { regex } = compile(rule)
      if (regex.programSize() > LARGEST_PROGRAM) throw refused(place, 'is too large', 'Repeat fewer things in it.')
      if (regex.test(''))
        throw refused(place, 'finds the empty text, which is everywhere', 'Have it ask for a character.')
    } catch (error) {
      if (error instanceof Problem) throw error
      const reason = (error as Error).message.replace(/^error parsing regexp: /, '')
      throw refused(place, `cannot be read: ${reason}`, 'Use RE2 syntax: no look-around, no back-references.')
    }
  })
}

function compile({ name, pattern, literals }: RedactionPattern): Compiled {
  const replacement = RE2JS.quoteReplacement(`[${name}]`)
  if (pattern !== undefined) return { regex: RE2JS.compile(pattern), replacement }
  // The longest first: a shorter one may begin it.
  const texts = [...(literals ?? [])].sort((a, b) => b.length - a.length).map((text) => RE2JS.quote(text))
  return { regex: RE2JS.compile(texts.join('|'), RE2JS.CASE_INSENSITIVE), replacement }
}

function refused(place: string, what: string, nextStep: string): Problem {
  return new Problem('bad_pattern', `${place} ${what}.`, { nextStep })
}
