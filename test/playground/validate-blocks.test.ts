import { assert, constantFrom, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SLACK_LIMITS } from '../../src/narration/slack-limits.ts'
import type { SlackRefusal } from '../../src/playground/slack-refusal.ts'
import { validateBlocks } from '../../src/playground/validation/validate-blocks.ts'
import { validateMessage } from '../../src/playground/validation/validate-message.ts'
import { validateView } from '../../src/playground/validation/validate-view.ts'

const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const plain = (text: string) => ({ type: 'plain_text', text })
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) })
const button = (extra: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...extra })
const actions = (...elements: object[]) => ({ type: 'actions', elements })
const input = (element: object) => ({ type: 'input', block_id: 'i', label: plain('Label'), element })
const times = (count: number, make: (index: number) => unknown) =>
  Array.from({ length: count }, (_, index) => make(index))
const chart = (points: number, series = 1) => ({
  type: 'data_visualization',
  title: 'Cost',
  chart: {
    type: 'line',
    axis_config: { categories: times(points, (index) => `w${index}`) },
    series: times(series, (name) => ({
      name: `s${name}`,
      data: times(points, (index) => ({ label: `w${index}`, value: index })),
    })),
  },
})
const table = (rows: number, columns = 2, text = 'x') => ({
  type: 'data_table',
  caption: 'Table',
  rows: times(rows, () => times(columns, () => ({ type: 'raw_text', text }))),
})
const faultsOf = (blocks: unknown) =>
  validateBlocks(blocks, 'message').map((fault) => `${fault.pointer} ${fault.message}`)

describe('takes what Slack takes', () => {
  it.each([
    ['a section with fields and a button', [{ type: 'section', fields: [mrkdwn('*a*')], accessory: button() }]],
    [
      'entities that we build',
      [section('<@U0DANA> <#C0CLAIMS> <https://a.example/x?a=1&amp;b=2|see> <!date^1^{date}|then> &lt;b&gt;')],
    ],
    ['the newest blocks', [chart(20, 6), table(101, 20), { type: 'markdown', text: '**x**' }]],
    [
      'limits exactly',
      [section('x'.repeat(3000)), actions(...(times(25, (index) => button({ action_id: `a${index}` })) as object[]))],
    ],
  ])('%s', (_, blocks) => {
    expect(faultsOf(blocks)).toEqual([])
  })
})

describe('refuses what Slack refuses, with a pointer to it', () => {
  it.each([
    ['51 blocks', times(51, () => section('x')), '/blocks no more than 50 items allowed'],
    ['a long section', [section('x'.repeat(3001))], '/blocks/0/text/text must be less than 3001 characters'],
    ['an empty section', [section('')], '/blocks/0/text/text must be more than 0 characters'],
    ['a section with nothing', [{ type: 'section' }], '/blocks/0/text missing required field'],
    ['an unknown block', [{ type: 'banner' }], '/blocks/0/type unsupported type: banner'],
    ['an unknown field', [{ ...section('x'), colour: 'red' }], '/blocks/0/colour invalid additional property: colour'],
    ['an input in a message', [input({ type: 'plain_text_input' })], '/blocks/0/type unsupported type: input'],
    [
      'a long header',
      [{ type: 'header', text: plain('x'.repeat(151)) }],
      '/blocks/0/text/text must be less than 151 characters',
    ],
    ['mrkdwn in a header', [{ type: 'header', text: mrkdwn('x') }], '/blocks/0/text/type must be plain_text'],
    [
      '11 context elements',
      [{ type: 'context', elements: times(11, () => mrkdwn('x')) }],
      '/blocks/0/elements no more than 10 items allowed',
    ],
    [
      '26 buttons',
      [actions(...(times(26, (index) => button({ action_id: `a${index}` })) as object[]))],
      '/blocks/0/elements no more than 25 items allowed',
    ],
    [
      'a long button',
      [actions(button({ text: plain('x'.repeat(76)) }))],
      '/blocks/0/elements/0/text/text must be less than 76 characters',
    ],
    [
      'a long value',
      [actions(button({ value: 'x'.repeat(2001) }))],
      '/blocks/0/elements/0/value must be less than 2001 characters',
    ],
    [
      'two equal action ids',
      [actions(button(), button())],
      '/blocks/0/elements/1/action_id `action_id` "go" already exists',
    ],
    [
      'two equal block ids',
      [
        { ...section('x'), block_id: 'b' },
        { ...section('y'), block_id: 'b' },
      ],
      '/blocks/1/block_id `block_id` "b" already exists',
    ],
    [
      '101 options',
      [
        actions({
          type: 'static_select',
          action_id: 's',
          options: times(101, (index) => ({ text: plain('x'), value: `${index}` })),
        }),
      ],
      '/blocks/0/elements/0/options no more than 100 items allowed',
    ],
    ['three charts', [chart(2), chart(2), chart(2)], '/blocks no more than 2 data_visualization blocks allowed'],
    ['21 points', [chart(21)], '/blocks/0/chart/axis_config/categories no more than 20 items allowed'],
    ['7 series', [chart(2, 7)], '/blocks/0/chart/series no more than 6 items allowed'],
    ['a data table of 102 rows', [table(102)], '/blocks/0/rows no more than 101 items allowed'],
    ['a data table with nothing but its header', [table(1)], '/blocks/0/rows no less than 2 items required'],
    ['a data table of 21 columns', [table(2, 21)], '/blocks/0/rows/0 no more than 20 items allowed'],
    [
      'a data table with too much text',
      [table(2, 2, 'x'.repeat(6000))],
      '/blocks/0/rows no more than 20000 characters allowed',
    ],
    ['a bare angle bracket', [section('a < b')], '/blocks/0/text/text unescaped < or > in mrkdwn'],
    ['a bare ampersand', [section('R&D')], '/blocks/0/text/text unescaped & in mrkdwn'],
    ['something in brackets', [section('<script>')], '/blocks/0/text/text not an entity: <script>'],
    [
      'a label that hides its address',
      [section('<https://evil.example/|https://bank.example>')],
      '/blocks/0/text/text the label hides where the link leads: https://evil.example/',
    ],
  ])('%s', (_, blocks, fault) => {
    expect(faultsOf(blocks)).toContain(fault)
  })

  it('whatever the limit: one more than it is one too many', () => {
    const limits = constantFrom(
      { most: SLACK_LIMITS.sectionText, make: section },
      { most: SLACK_LIMITS.headerText, make: (text: string) => ({ type: 'header', text: plain(text) }) },
      { most: SLACK_LIMITS.buttonText, make: (text: string) => actions(button({ text: plain(text) })) },
    )
    assert(
      property(limits, integer({ min: -3, max: 3 }), ({ most, make }, beyond) => {
        expect(faultsOf([make('x'.repeat(most + beyond))]).length > 0).toBe(beyond > 0)
      }),
    )
  })
})

it('answers messages with Slack’s error codes', () => {
  const codeOf = (message: object) => {
    try {
      validateMessage(message)
      return 'taken'
    } catch (error) {
      return (error as SlackRefusal).code
    }
  }
  expect(codeOf({ text: 'x', blocks: [section('x')] })).toBe('taken')
  expect(codeOf({ blocks: [section('x')] })).toBe('no_text')
  expect(codeOf({ text: 'x'.repeat(40_001) })).toBe('msg_too_long')
  expect(codeOf({ text: 'x', blocks: times(5, () => section('x'.repeat(3000))) })).toBe('msg_blocks_too_long')
  expect(codeOf({ text: 'x', blocks: [section('')] })).toBe('invalid_blocks')
  expect(codeOf({ text: 'a <!nobody> b' })).toBe('invalid_arguments')
})

describe('views', () => {
  const modal = (extra: object = {}) => ({
    type: 'modal',
    title: plain('Title'),
    submit: plain('Go'),
    blocks: [input({ type: 'plain_text_input', action_id: 'v' })],
    ...extra,
  })
  it('takes a form', () => expect(() => validateView(modal(), 'modal')).not.toThrow())
  it.each([
    ['a long title', modal({ title: plain('x'.repeat(25)) }), '/title/text'],
    ['a form without a button to send it', modal({ submit: undefined }), '/submit'],
    ['long private metadata', modal({ private_metadata: 'x'.repeat(3001) }), '/private_metadata'],
    ['101 blocks', modal({ blocks: times(101, () => section('x')) }), '/blocks'],
    ['a chart', modal({ blocks: [chart(2)] }), '/blocks/0/type'],
    ['an unknown field', modal({ colour: 'red' }), '/colour'],
  ])('refuses %s', (_, view, pointer) => {
    expect(() => validateView(view, 'modal')).toThrow(`[json-pointer:${pointer}]`)
  })
})
