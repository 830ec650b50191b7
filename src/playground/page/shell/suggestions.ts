/** What may follow in the composer. `insert` takes the place of the last word, or of all of it for a command. */
export interface Completion {
  label: string
  description: string
  insert: string
  whole: boolean
}

interface Command {
  command: string
  description: string
  usageHint: string
}

const DOCKET_WORDS: [string, string][] = [
  ['ask', 'a question, answered for you alone'],
  ['digest', 'last week in words'],
  ['find', 'what was decided before, and why'],
  ['workflow', 'each workflow’s last week'],
  ['budget', 'what is spent of each budget'],
  ['help', 'what Docket can do'],
]

/** Commands while a line begins with `/`, Docket's own words after `/docket`, names after `@`. */
export function suggestionsFor(text: string, commands: readonly Command[], people: readonly string[]): Completion[] {
  const command = /^\/(\w*)$/.exec(text)
  if (command) {
    return commands
      .filter((known) => known.command.startsWith(text))
      .map((known) => ({
        label: `${known.command} ${known.usageHint}`,
        description: known.description,
        insert: `${known.command} `,
        whole: true,
      }))
  }
  const word = /^\/docket\s+(\w*)$/.exec(text)
  if (word && commands.length > 0) {
    return DOCKET_WORDS.filter(([name]) => name.startsWith(word[1]!.toLowerCase()) && name !== word[1]).map(
      ([name, description]) => ({
        label: `/docket ${name}`,
        description,
        insert: `/docket ${name} `,
        whole: true,
      }),
    )
  }
  const mention = /(?:^|\s)@(\w*)$/.exec(text)
  if (!mention) return []
  return people
    .filter((name) => name.toLowerCase().startsWith(mention[1]!.toLowerCase()) && name !== mention[1])
    .map((name) => ({
      label: `@${name}`,
      description: name === 'Docket' ? 'the app' : 'a person',
      insert: `@${name} `,
      whole: false,
    }))
}

export function complete(text: string, completion: Completion): string {
  return completion.whole ? completion.insert : text.replace(/@\w*$/, completion.insert)
}
