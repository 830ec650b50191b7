import { html, type VNode } from '../preact.js'
import type { Directory } from '../text/directory.ts'
import { Markdown } from '../text/markdown.ts'
import { Text } from '../text/mrkdwn.ts'
import type { Block, Fields, TextObject, Used } from '../types.ts'
import { Chart, type ChartFields } from './chart.ts'
import { DataTable } from './data-table.ts'
import { Element } from './elements.ts'
import { RichText } from './rich-text.ts'

export interface BlockContext {
  directory: Directory
  onUse(used: Used): void
}

/** A message's or a view's blocks, inputs apart. */
export function Blocks({ blocks, context }: { blocks: Block[]; context: BlockContext }): VNode {
  return html`<div class="blocks">${blocks.map((block) => html`<div key=${block.block_id} class=${`block block-${block.type}`}>${renderBlock(block, context)}</div>`)}</div>`
}

function renderBlock(block: Block, context: BlockContext): VNode {
  const { directory } = context
  const text = (value: unknown) => html`<${Text} text=${value as TextObject} directory=${directory} />`
  const element = (value: Fields) =>
    html`<${Element} key=${value.action_id} element=${value} blockId=${block.block_id} onUse=${context.onUse} />`
  switch (block.type) {
    case 'section':
      return html`<div class="section-text">${block.text && html`<div>${text(block.text)}</div>`}${
        Array.isArray(block.fields) &&
        html`<div class="fields">${block.fields.map((field) => html`<div>${text(field)}</div>`)}</div>`
      }</div>${block.accessory && html`<div class="accessory">${renderAccessory(block.accessory as Fields, element)}</div>`}`
    case 'header':
      return html`<h3>${(block.text as TextObject).text}</h3>`
    case 'divider':
      return html`<hr />`
    case 'context':
      return html`${(block.elements as Fields[]).map((part) =>
        part.type === 'image'
          ? html`<img class="context-image" src=${part.image_url} alt=${part.alt_text} />`
          : html`<span>${text(part)}</span>`,
      )}`
    case 'actions':
    case 'context_actions':
      return html`${(block.elements as Fields[]).map(element)}`
    case 'image':
      return html`<figure>${block.title && html`<figcaption>${(block.title as TextObject).text}</figcaption>`}<img src=${block.image_url} alt=${block.alt_text} /></figure>`
    case 'markdown':
      return html`<${Markdown} text=${String(block.text)} />`
    case 'rich_text':
      return html`<${RichText} elements=${block.elements} directory=${directory} />`
    case 'table':
    case 'data_table':
      return html`<${DataTable} block=${block} directory=${directory} />`
    case 'data_visualization':
      return html`<${Chart} title=${String(block.title)} chart=${block.chart as ChartFields} />`
    default:
      return html`<em>This kind of block (${block.type}) is not drawn here.</em>`
  }
}

function renderAccessory(accessory: Fields, element: (value: Fields) => VNode): VNode {
  return accessory.type === 'image'
    ? html`<img class="accessory-image" src=${accessory.image_url} alt=${accessory.alt_text} />`
    : element(accessory)
}
