import { html, type VNode } from '../preact.js'
import type { TextObject } from '../types.ts'
import type { Directory } from './directory.ts'
import { formatDate } from './format-date.ts'
import { type Inline, parseMrkdwn } from './parse-mrkdwn.ts'

/** mrkdwn as elements. Everything that is data ends in a text node. */
export function Mrkdwn({ text, directory }: { text: string; directory: Directory }): VNode {
  return html`${parseMrkdwn(text).map((paragraph) => {
    if (paragraph.kind === 'pre') return html`<pre class="fence">${paragraph.text}</pre>`
    const lines = paragraph.lines.map(
      (line, index) => html`${index > 0 && html`<br />`}${renderInline(line, directory)}`,
    )
    return paragraph.kind === 'quote'
      ? html`<blockquote>${lines}</blockquote>`
      : html`<span class="lines">${lines}</span>`
  })}`
}

/** A text object: plain text stays plain. */
export function Text({ text, directory }: { text: TextObject; directory: Directory }): VNode {
  return text.type === 'mrkdwn'
    ? html`<${Mrkdwn} text=${text.text} directory=${directory} />`
    : html`<span class="lines">${text.text}</span>`
}

export function renderInline(parts: Inline[], directory: Directory): VNode[] {
  return parts.map((part) => renderPart(part, directory))
}

function renderPart(part: Inline, directory: Directory): VNode {
  switch (part.kind) {
    case 'text':
      return html`${part.text}`
    case 'bold':
      return html`<strong>${renderInline(part.children, directory)}</strong>`
    case 'italic':
      return html`<em>${renderInline(part.children, directory)}</em>`
    case 'strike':
      return html`<s>${renderInline(part.children, directory)}</s>`
    case 'code':
      return html`<code>${part.text}</code>`
    case 'link':
      return html`<a href=${part.url} target="_blank" rel="noopener noreferrer">${part.label}</a>`
    case 'user':
      return html`<span class="mention">@${directory.nameOf(part.id)}</span>`
    case 'channel':
      return html`<span class="mention">#${directory.channelName(part.id)}</span>`
    case 'broadcast':
      return html`<span class="mention">@${part.range}</span>`
    case 'date':
      return html`<time dateTime=${new Date(part.seconds * 1000).toISOString()} title=${new Date(part.seconds * 1000).toLocaleString()}>${formatDate(part.seconds, part.format)}</time>`
  }
}
