import { html, type VNode } from '../preact.js'

/** A square with initials; the bot has a mark of its own. */
export function Avatar({ name, bot = false, small = false }: { name: string; bot?: boolean; small?: boolean }): VNode {
  const initials = name
    .split(' ')
    .map((word) => word[0])
    .join('')
    .slice(0, 2)
  const tone = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 4
  return html`<span class=${`avatar ${bot ? 'bot' : `tone-${tone}`} ${small ? 'small' : ''}`} aria-hidden="true">${bot ? 'D' : initials}</span>`
}
