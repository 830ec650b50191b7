import { assert, property, string, webUrl } from 'fast-check'
import { expect, it } from 'vitest'
import {
  cutMrkdwn,
  escapeMrkdwn,
  escapeWithin,
  mrkdwnDate,
  mrkdwnLink,
  truncateText,
  unescapeMrkdwn,
} from '../../src/narration/escape-mrkdwn.ts'

const anyText = string({ unit: 'binary', maxLength: 80 })

it('leaves no control character in data, and loses nothing', () => {
  assert(
    property(anyText, (text) => {
      const escaped = escapeMrkdwn(text)
      expect(escaped).not.toMatch(/[<>]/)
      expect(escaped.replace(/&(?:amp|lt|gt);/g, '')).not.toContain('&')
      expect(unescapeMrkdwn(escaped)).toBe(text)
    }),
  )
})

it('disarms broadcasts, mentions and links', () => {
  expect(escapeMrkdwn('<!channel> <@U1> <https://evil.example|bank>')).toBe(
    '&lt;!channel&gt; &lt;@U1&gt; &lt;https://evil.example|bank&gt;',
  )
})

it('keeps within its limit without cutting an escape or a surrogate pair', () => {
  assert(
    property(anyText, (text) => {
      for (const limit of [0, 1, 5, 17]) {
        const escaped = escapeWithin(text, limit)
        expect(escaped.length).toBeLessThanOrEqual(limit)
        expect(escaped.replace(/&(?:amp|lt|gt);/g, '')).not.toContain('&')
        expect(truncateText(text, limit).length).toBeLessThanOrEqual(limit)
      }
      expect(escapeWithin(text, 1000)).toBe(escapeMrkdwn(text))
    }),
  )
  expect(escapeWithin('a<b', 4)).toBe('a…')
  expect(truncateText('ab😀cd', 4)).toBe('ab…')
})

it('builds links that neither break out of their brackets nor hide their address', () => {
  assert(
    property(webUrl({ withFragments: true, withQueryParameters: true }), anyText, (url, label) => {
      const inside = mrkdwnLink(url, label).slice(1, -1)
      expect(inside).not.toMatch(/[<>\n]/)
      expect(inside.split('|')).toHaveLength(2)
    }),
  )
  expect(mrkdwnLink('javascript:alert(1)', 'claim')).toBe('claim')
  expect(mrkdwnLink('https://evil.example/', 'https://bank.example')).toBe(
    '<https://evil.example/|https://evil.example/>',
  )
})

it('cuts mrkdwn without cutting an entity or an escape', () => {
  expect(cutMrkdwn('see <https://a.example|the page>', 20)).toBe('see …')
  expect(cutMrkdwn('a &amp; b and more', 6)).toBe('a …')
  expect(cutMrkdwn('short', 5)).toBe('short')
})

it('writes instants for the reader’s zone', () => {
  expect(mrkdwnDate(new Date('2026-11-16T09:00:00.900Z'), '{date_short_pretty}', 'Mon 16 Nov')).toBe(
    '<!date^1794819600^{date_short_pretty}|Mon 16 Nov>',
  )
})
