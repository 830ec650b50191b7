import { html, useEffect, useRef, useState, type VNode } from '../preact.js'

interface MenuProperties {
  shortcuts: { callbackId: string; name: string }[]
  who: string
  onThread: () => void
  onShortcut: (callbackId: string) => void
}

/** What can be done with a message: reply in its thread, and the app's message shortcuts. */
export function MessageMenu({ shortcuts, who, onThread, onShortcut }: MenuProperties): VNode {
  const [open, setOpen] = useState(false)
  const menu = useRef<HTMLElement | null>(null)
  useEffect(() => {
    if (!open) return undefined
    menu.current?.querySelector('button')?.focus()
    const close = (event: Event) => {
      if (!menu.current?.parentElement?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', close)
    return () => document.removeEventListener('pointerdown', close)
  }, [open])
  const onKey = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll('button') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLButtonElement)
    if (event.key === 'Escape') setOpen(false)
    else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus()
    else if (event.key === 'ArrowUp') items[(at - 1 + items.length) % items.length]?.focus()
    else return
    event.preventDefault()
  }
  return html`<div class=${`tools ${open ? 'open' : ''}`}>
    <button type="button" onClick=${onThread} aria-label=${`Reply in thread to ${who}`}>Reply</button>
    <button type="button" aria-haspopup="menu" aria-expanded=${open} aria-label=${`More actions for the message of ${who}`} onClick=${() => setOpen(!open)}>⋯</button>
    ${
      open &&
      html`<div class="menu" role="menu" ref=${menu} onKeyDown=${onKey}>
        ${shortcuts.map(
          (shortcut) =>
            html`<button type="button" role="menuitem" onClick=${() => {
              setOpen(false)
              onShortcut(shortcut.callbackId)
            }}>${shortcut.name}<span class="owner">Docket</span></button>`,
        )}
      </div>`
    }
  </div>`
}
