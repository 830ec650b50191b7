import { unescapeMrkdwn } from '../narration/escape-mrkdwn.ts'

/** A message's text as its writer saw it: without the mention of Docket, links as their labels, entities undone. */
export function plainQuestion(text: string, botUserId: string | undefined): string {
  const withoutBot = botUserId ? text.replaceAll(new RegExp(`<@${botUserId}(?:\\|[^>]*)?>`, 'g'), ' ') : text
  const plain = withoutBot
    .replace(/<#[A-Z0-9]+\|([^>]*)>/g, '#$1')
    .replace(/<(?:https?:|mailto:)[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<((?:https?:|mailto:)[^|>]*)>/g, '$1')
  return unescapeMrkdwn(plain)
    .replace(/[ \t]+/g, ' ')
    .trim()
}

/** True where the message speaks to somebody else in the thread. */
export function mentionsSomebodyElse(text: string, botUserId: string | undefined): boolean {
  return [...text.matchAll(/<@([A-Z0-9]+)/g)].some((match) => match[1] !== botUserId)
}
