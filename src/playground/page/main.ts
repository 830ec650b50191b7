import { html, render } from './preact.js'
import { App } from './shell/app.ts'

const root = document.getElementById('app')
if (root) {
  root.textContent = ''
  render(html`<${App} />`, root)
}
