import { readFileSync } from 'node:fs'

const folder = new URL('../../prompts/', import.meta.url)

/** The text of `prompts/NAME.md`, read once. Placeholders are written `{{name}}`; each must be given. */
export function renderPrompt(name: string, values: Record<string, string> = {}): string {
  return textOf(name).replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = values[key]
    if (value === undefined) throw new Error(`prompts/${name}.md needs a value for {{${key}}}`)
    return value
  })
}

const texts = new Map<string, string>()

function textOf(name: string): string {
  let text = texts.get(name)
  if (text === undefined) {
    text = readFileSync(new URL(`${name}.md`, folder), 'utf8')
    texts.set(name, text)
  }
  return text
}
