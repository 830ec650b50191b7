import type { Block } from '../../domain/answer.ts'
import { HIGHLIGHT, type MemoryHit } from '../../domain/memory-entry.ts'
import { escapeWithin, mrkdwnDate, mrkdwnLink } from '../../narration/escape-mrkdwn.ts'
import { context, type Message, section } from '../message.ts'
import { workItemUrl } from '../work-item-url.ts'

/** What memory holds for some words: who decided what, when and why, best first. */
export function memoryHits(text: string, hits: MemoryHit[], baseUrl: string): Message {
  if (hits.length === 0) {
    const nothing = `I remember nothing about “${escapeWithin(text, 300)}”.`
    return {
      text: nothing,
      blocks: [
        section(nothing),
        context(
          'Try fewer or other words, or a work item’s id. Corrections are remembered as soon as they are recorded.',
        ),
      ],
    }
  }
  const intro = `${hits.length === 1 ? 'One thing I remember' : `${hits.length} things I remember`} about “${escapeWithin(text, 300)}”`
  return { text: intro, blocks: [section(`*${intro}*`), ...hits.flatMap((hit) => describe(hit, baseUrl))] }
}

function describe({ entry, snippet }: MemoryHit, baseUrl: string): Block[] {
  const address =
    entry.sources.find((source) => source.url)?.url ??
    (entry.workflow && entry.workItemId ? workItemUrl(baseUrl, entry.workflow, entry.workItemId) : null)
  const title = address
    ? mrkdwnLink(new URL(address, `${baseUrl}/`).href, entry.title.slice(0, 200))
    : `*${escapeWithin(entry.title.replaceAll('*', '∗'), 200)}*`
  const when = mrkdwnDate(entry.occurredAt, '{date_short_pretty}', entry.occurredAt.toISOString().slice(0, 10))
  const facts = [
    entry.kind,
    when,
    entry.actor && escapeWithin(entry.actor, 100),
    entry.rule && `rule ${escapeWithin(entry.rule, 100)}`,
  ]
  return [section(`${title}\n${highlight(snippet)}`), context(facts.filter(Boolean).join(' · '))]
}

/** Matched words in bold; asterisks of the text itself must not end the bold early. */
function highlight(snippet: string): string {
  return escapeWithin(snippet.replaceAll('*', '∗'), 1200)
    .replaceAll(HIGHLIGHT.start, '*')
    .replaceAll(HIGHLIGHT.end, '*')
}
