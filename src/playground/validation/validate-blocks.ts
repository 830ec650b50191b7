import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { checkChart } from './check-chart.ts'
import { checkActionId, checkElement } from './check-elements.ts'
import { checkRichText } from './check-rich-text.ts'
import { checkDataTable, checkTable } from './check-tables.ts'
import { checkPlainText, checkText } from './check-text.ts'
import { type Fault, type Fields, Report } from './report.ts'

export type Surface = 'message' | 'modal' | 'home'

type Check = (block: Fields, pointer: string, report: Report) => void

const BLOCKS: Record<string, { check: Check; surfaces: readonly Surface[] }> = {
  section: { check: checkSection, surfaces: ['message', 'modal', 'home'] },
  header: {
    check: (block, pointer, report) => {
      report.object(block, pointer, ['type', 'block_id', 'text', 'level'])
      checkPlainText(block.text, `${pointer}/text`, SLACK_LIMITS.headerText, report)
    },
    surfaces: ['message', 'modal', 'home'],
  },
  divider: {
    check: (block, pointer, report) => report.object(block, pointer, ['type', 'block_id']),
    surfaces: ['message', 'modal', 'home'],
  },
  context: { check: checkContext, surfaces: ['message', 'modal', 'home'] },
  actions: { check: checkActions, surfaces: ['message', 'modal', 'home'] },
  image: { check: checkImage, surfaces: ['message', 'modal', 'home'] },
  input: { check: checkInput, surfaces: ['modal', 'home'] },
  rich_text: {
    check: (block, pointer, report) => checkRichText(block, pointer, report),
    surfaces: ['message', 'modal', 'home'],
  },
  markdown: {
    check: (block, pointer, report) => {
      report.object(block, pointer, ['type', 'block_id', 'text'])
      report.text(block.text, `${pointer}/text`, SLACK_LIMITS.markdownText)
    },
    surfaces: ['message'],
  },
  context_actions: { check: checkContextActions, surfaces: ['message'] },
  table: { check: checkTable, surfaces: ['message'] },
  data_table: { check: checkDataTable, surfaces: ['message'] },
  data_visualization: { check: checkChart, surfaces: ['message'] },
}

/** Everything that Slack would refuse in these blocks; nothing, where it would take them. */
export function validateBlocks(blocks: unknown, surface: Surface, pointer = '/blocks'): Fault[] {
  const report = new Report()
  const most = surface === 'message' ? SLACK_LIMITS.blocksInMessage : SLACK_LIMITS.blocksInView
  const ids = new Set<unknown>()
  const list = report.list(blocks, pointer, most, surface === 'message' ? 0 : 1)
  list.forEach((block, index) => {
    const at = `${pointer}/${index}`
    const fields = report.object(block, at, Object.keys((block ?? {}) as Fields))
    if (!fields) return
    const kind = BLOCKS[String(fields.type)]
    if (!kind?.surfaces.includes(surface)) {
      report.add(`${at}/type`, `unsupported type: ${String(fields.type)}`)
      return
    }
    kind.check(fields, at, report)
    const id = report.text(fields.block_id, `${at}/block_id`, SLACK_LIMITS.id, { optional: true })
    if (id !== null && ids.has(id)) report.add(`${at}/block_id`, `\`block_id\` "${id}" already exists`)
    ids.add(id)
  })
  checkTogether(list as Fields[], pointer, report)
  return report.faults
}

/** Limits over all blocks of a message. */
function checkTogether(blocks: Fields[], pointer: string, report: Report): void {
  const ofType = (type: string) => blocks.filter((block) => block?.type === type)
  if (ofType('data_visualization').length > SLACK_LIMITS.chartsInMessage) {
    report.add(pointer, `no more than ${SLACK_LIMITS.chartsInMessage} data_visualization blocks allowed`)
  }
  if (ofType('table').length > 1) report.add(pointer, 'only_one_table_allowed')
  const markdown = ofType('markdown').reduce((sum, block) => sum + String(block.text).length, 0)
  if (markdown > SLACK_LIMITS.markdownText)
    report.add(pointer, `no more than ${SLACK_LIMITS.markdownText} characters of markdown allowed`)
}

function checkSection(block: Fields, pointer: string, report: Report): void {
  report.object(block, pointer, ['type', 'block_id', 'text', 'fields', 'accessory', 'expand'])
  if (block.text === undefined && block.fields === undefined) report.add(`${pointer}/text`, 'missing required field')
  if (block.text !== undefined) checkText(block.text, `${pointer}/text`, SLACK_LIMITS.sectionText, report)
  if (block.fields !== undefined) {
    report.list(block.fields, `${pointer}/fields`, SLACK_LIMITS.sectionFields).forEach((field, index) => {
      checkText(field, `${pointer}/fields/${index}`, SLACK_LIMITS.sectionField, report)
    })
  }
  if (block.accessory === undefined) return
  if ((block.accessory as Fields | null)?.type === 'image')
    checkImageElement(block.accessory, `${pointer}/accessory`, report)
  else checkElement(block.accessory, `${pointer}/accessory`, 'actions', new Set(), report)
}

function checkContext(block: Fields, pointer: string, report: Report): void {
  report.object(block, pointer, ['type', 'block_id', 'elements'])
  report.list(block.elements, `${pointer}/elements`, SLACK_LIMITS.contextElements).forEach((element, index) => {
    const at = `${pointer}/elements/${index}`
    if ((element as Fields | null)?.type === 'image') checkImageElement(element, at, report)
    else checkText(element, at, SLACK_LIMITS.sectionText, report)
  })
}

function checkActions(block: Fields, pointer: string, report: Report): void {
  report.object(block, pointer, ['type', 'block_id', 'elements'])
  const ids = new Set<string>()
  report.list(block.elements, `${pointer}/elements`, SLACK_LIMITS.actionsElements).forEach((element, index) => {
    checkElement(element, `${pointer}/elements/${index}`, 'actions', ids, report)
  })
}

function checkInput(block: Fields, pointer: string, report: Report): void {
  report.object(block, pointer, ['type', 'block_id', 'label', 'element', 'hint', 'optional', 'dispatch_action'])
  checkPlainText(block.label, `${pointer}/label`, SLACK_LIMITS.inputLabel, report)
  if (block.hint !== undefined) checkPlainText(block.hint, `${pointer}/hint`, SLACK_LIMITS.inputHint, report)
  checkElement(block.element, `${pointer}/element`, 'input', new Set(), report)
}

function checkImage(block: Fields, pointer: string, report: Report): void {
  report.object(block, pointer, ['type', 'block_id', 'image_url', 'slack_file', 'alt_text', 'title'])
  if (block.title !== undefined) checkPlainText(block.title, `${pointer}/title`, SLACK_LIMITS.imageTitle, report)
  checkImageSource(block, pointer, report)
}

function checkImageElement(value: unknown, pointer: string, report: Report): void {
  const image = report.object(value, pointer, ['type', 'image_url', 'slack_file', 'alt_text'])
  if (image) checkImageSource(image, pointer, report)
}

function checkImageSource(image: Fields, pointer: string, report: Report): void {
  report.text(image.alt_text, `${pointer}/alt_text`, SLACK_LIMITS.altText)
  if (image.slack_file === undefined) report.text(image.image_url, `${pointer}/image_url`, SLACK_LIMITS.imageUrl)
}

function checkContextActions(block: Fields, pointer: string, report: Report): void {
  report.object(block, pointer, ['type', 'block_id', 'elements'])
  const ids = new Set<string>()
  report.list(block.elements, `${pointer}/elements`, SLACK_LIMITS.contextActionsElements).forEach((value, index) => {
    const at = `${pointer}/elements/${index}`
    const element = report.object(value, at, ['type', 'action_id', 'positive_button', 'negative_button'])
    if (!element) return
    report.oneOf(element.type, `${at}/type`, ['feedback_buttons'], false)
    checkActionId(element.action_id, at, ids, report)
    for (const side of ['positive_button', 'negative_button']) {
      const button = report.object(element[side], `${at}/${side}`, ['text', 'value', 'accessibility_label'])
      checkPlainText(button?.text, `${at}/${side}/text`, SLACK_LIMITS.buttonText, report)
      report.text(button?.value, `${at}/${side}/value`, SLACK_LIMITS.buttonValue)
    }
  })
}
