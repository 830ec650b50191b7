import { html, type VNode } from '../preact.js'

/** The Markdown of a markdown block: headings, lists, bold, italic, code, links. The rest stays text. */
export function Markdown({ text }: { text: string }): VNode {
  return html`<div class="markdown">${text.split(/\n{2,}/).map((paragraph) => {
    const lines = paragraph.split('\n')
    const heading = /^(#{1,6})\s+(.*)$/.exec(lines[0]!)
    if (heading && lines.length === 1) return html`<p class="markdown-heading">${inline(heading[2]!)}</p>`
    if (lines.every((line) => /^\s*[-*]\s+/.test(line))) {
      return html`<ul>${lines.map((line) => html`<li>${inline(line.replace(/^\s*[-*]\s+/, ''))}</li>`)}</ul>`
    }
    return html`<p>${lines.map((line, index) => html`${index > 0 && html`<br />`}${inline(line)}`)}</p>`
  })}</div>`
}

const PARTS = /(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\(https?:\/\/[^\s)]+\)|(?<!\w)[*_][^*_]+[*_](?!\w))/

function inline(text: string): unknown[] {
  return text.split(PARTS).map((part) => {
    if (/^\*\*.+\*\*$/.test(part)) return html`<strong>${part.slice(2, -2)}</strong>`
    if (/^`.+`$/.test(part)) return html`<code>${part.slice(1, -1)}</code>`
    const link = /^\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)$/.exec(part)
    if (link) return html`<a href=${link[2]} target="_blank" rel="noopener noreferrer">${link[1]}</a>`
    if (/^[*_][^*_]+[*_]$/.test(part)) return html`<em>${part.slice(1, -1)}</em>`
    return part
  })
}
