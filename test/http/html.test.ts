import fc from 'fast-check'
import { expect, it } from 'vitest'
import { html } from '../../src/http/html.ts'

it('escapes what is not html itself', () => {
  const name = '<script>alert("1")</script>'
  expect(html`<p title="${name}">${[html`<b>${1}</b>`, null, false, '&']}</p>`.markup).toBe(
    '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;"><b>1</b>&amp;</p>',
  )
})

it('lets no data open a tag or end an attribute', () => {
  fc.assert(fc.property(fc.string(), (data) => !/[<>"']/.test(html`${data}`.markup)))
})
