import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChartSpec, TableSpec } from '../../src/domain/finding.ts'
import { buildBlocks } from '../../src/narration/blocks/build-blocks.ts'
import { validateMessage } from '../../src/playground/validation/validate-message.ts'

const hostile = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 4000 }),
  fc.constantFrom(
    '<!channel>',
    '<@U123>',
    '<https://evil.example|docket>',
    '*bold* & <b>',
    '',
    '   ',
    '\n\n',
    '```',
    'x'.repeat(5000),
  ),
)
const cell = fc.oneof(hostile, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null))
const table: fc.Arbitrary<TableSpec> = fc.record({
  title: hostile,
  columns: fc.array(fc.record({ label: hostile, unit: fc.constantFrom('usd', 'share', 'text' as const, 'items') }), {
    maxLength: 25,
  }),
  rows: fc.array(fc.array(cell, { maxLength: 25 }), { maxLength: 120 }),
})
const chart: fc.Arbitrary<ChartSpec> = fc.record({
  type: fc.constantFrom('line' as const, 'bar' as const),
  title: hostile.filter((text) => text.trim() !== ''),
  unit: fc.constant('usd'),
  labels: fc.array(hostile, { maxLength: 30 }),
  series: fc.array(
    fc.record({
      name: hostile,
      values: fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null)), {
        maxLength: 30,
      }),
    }),
    { maxLength: 8 },
  ),
})

describe('answer blocks', () => {
  it('are never what Slack would refuse', () => {
    const citation = fc.record({
      kind: fc.constant('work_item' as const),
      id: hostile,
      title: hostile,
      url: fc.oneof(fc.webUrl(), hostile),
    })
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.record({ text: hostile, strong: fc.boolean() }), { maxLength: 5 }), { maxLength: 8 }),
        fc.array(hostile, { maxLength: 6 }),
        fc.array(table, { maxLength: 2 }),
        fc.array(chart, { maxLength: 2 }),
        fc.array(citation, { maxLength: 12 }),
        (paragraphs, restsOn, tables, charts, citations) => {
          const blocks = buildBlocks({
            paragraphs,
            restsOn,
            report: { tables, charts },
            citations,
            narratedBy: 'model',
          })
          validateMessage({ text: 'answer', blocks })
        },
      ),
      { numRuns: 150 },
    )
  })

  it('let no trace ping a channel', () => {
    const blocks = buildBlocks({
      paragraphs: [[{ text: 'see <!channel> & <@U1>', strong: true }]],
      restsOn: ['<!here>'],
      report: { tables: [], charts: [] },
      citations: [{ kind: 'trace', id: 't', title: '<!everyone>', url: 'https://docket.example/t' }],
      narratedBy: 'template',
    })
    const text = JSON.stringify(blocks)
    expect(text).not.toMatch(/<[!@#]/)
    expect(text).toContain('see &lt;!channel&gt; &amp; &lt;@U1&gt;')
    expect(text).toContain('<https://docket.example/t|&lt;!everyone&gt;>')
  })

  it('label what a model wrote', () => {
    const parts = { paragraphs: [[{ text: 'x' }]], restsOn: [], report: { tables: [], charts: [] }, citations: [] }
    expect(JSON.stringify(buildBlocks({ ...parts, narratedBy: 'model' }))).toContain('Worded by a language model')
    expect(JSON.stringify(buildBlocks({ ...parts, narratedBy: 'template' }))).not.toContain('language model')
  })
})
