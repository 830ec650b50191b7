import { html, type VNode } from '../preact.js'
import type { Directory } from '../text/directory.ts'
import type { Fields } from '../types.ts'

/** The basic parts of rich text: sections, lists, quotes and preformatted text. */
export function RichText({ elements, directory }: { elements: Fields[]; directory: Directory }): VNode {
  return html`${elements.map((part) => renderPart(part, directory))}`
}

function renderPart(part: Fields, directory: Directory): VNode {
  const children = ((part.elements ?? []) as Fields[]).map((child) => renderPart(child, directory))
  switch (part.type) {
    case 'rich_text_section':
      return html`<span class="lines">${children}</span>`
    case 'rich_text_list': {
      const items = children.map((child) => html`<li>${child}</li>`)
      return part.style === 'ordered' ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`
    }
    case 'rich_text_quote':
      return html`<blockquote>${children}</blockquote>`
    case 'rich_text_preformatted':
      return html`<pre class="fence">${children}</pre>`
    case 'link':
      return html`<a href=${part.url} target="_blank" rel="noopener noreferrer">${part.text ?? part.url}</a>`
    case 'user':
      return html`<span class="mention">@${directory.nameOf(String(part.user_id))}</span>`
    case 'channel':
      return html`<span class="mention">#${directory.channelName(String(part.channel_id))}</span>`
    default:
      return styled(
        String(part.text ?? part.fallback ?? part.name ?? ''),
        (part.style ?? {}) as Record<string, boolean>,
      )
  }
}

function styled(text: string, style: Record<string, boolean>): VNode {
  let node = html`${text}`
  if (style.code) node = html`<code>${node}</code>`
  if (style.strike) node = html`<s>${node}</s>`
  if (style.italic) node = html`<em>${node}</em>`
  if (style.bold) node = html`<strong>${node}</strong>`
  return node
}
