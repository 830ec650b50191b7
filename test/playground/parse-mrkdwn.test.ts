import { assert, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { escapeMrkdwn } from '../../src/narration/escape-mrkdwn.ts'
import { type Inline, parseInline, parseMrkdwn } from '../../src/playground/page/text/parse-mrkdwn.ts'

const textOf = (parts: Inline[]): string =>
  parts.map((part) => ('children' in part ? textOf(part.children) : 'text' in part ? part.text : '')).join('')

it('shows escaped data as it was', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 60 }), (data) => {
      const plain = data.replace(/[*_~`\n]/g, '')
      expect(textOf(parseInline(escapeMrkdwn(plain)))).toBe(plain)
    }),
  )
})

it('makes links of http and mailto addresses only', () => {
  expect(parseInline('<https://a.example/?x=1&amp;y=2|see &amp; read>')).toEqual([
    { kind: 'link', url: 'https://a.example/?x=1&y=2', label: 'see & read' },
  ])
  expect(parseInline('<javascript:alert(1)|x>')).toEqual([{ kind: 'text', text: '<javascript:alert(1)|x>' }])
})

it('reads bold, italic, code, mentions, dates, quotes and fences', () => {
  expect(parseInline('*$14,210* _more_ 2*3*4 `a->b`')).toMatchObject([
    { kind: 'bold' },
    { kind: 'text' },
    { kind: 'italic' },
    { kind: 'text', text: ' 2*3*4 ' },
    { kind: 'code' },
  ])
  expect(parseInline('<@U1> <!date^10^{date}|then>')).toMatchObject([
    { id: 'U1' },
    {},
    { seconds: 10, fallback: 'then' },
  ])
  expect(parseMrkdwn('say\n&gt; quoted\n```x &lt; y```').map((paragraph) => paragraph.kind)).toEqual([
    'lines',
    'quote',
    'pre',
  ])
})
