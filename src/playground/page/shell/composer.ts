import { html, useRef, useState, type VNode } from '../preact.js'
import type { State } from '../types.ts'
import { type Completion, complete, suggestionsFor } from './suggestions.ts'

interface ComposerProperties {
  state: State
  label: string
  commands: State['commands']
  onSend: (text: string) => Promise<void>
}

/** Where one writes. Enter sends, Shift+Enter begins a new line; `/` and `@` bring up what may follow. */
export function Composer({ state, label, commands, onSend }: ComposerProperties): VNode {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const [dismissed, setDismissed] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const field = useRef<HTMLTextAreaElement | null>(null)
  const people = [state.bot.name, ...state.users.map((user) => user.realName.split(' ')[0]!)]
  const suggestions = dismissed ? [] : suggestionsFor(text, commands, people)
  const id = `composer-${label.replace(/\W/g, '')}`

  const write = (next: string) => {
    setText(next)
    setChosen(0)
    setDismissed(false)
  }
  const take = (suggestion: Completion) => {
    write(complete(text, suggestion))
    field.current?.focus()
  }
  const send = async () => {
    const message = text.trim()
    if (message === '') return
    write('')
    try {
      await onSend(message)
      setFault(null)
    } catch (error) {
      setFault(`Not sent: ${(error as Error).message}`)
      setText(message)
    }
  }
  const onKey = (event: KeyboardEvent) => {
    const suggestion = suggestions[chosen]
    // What is typed in full already needs no completing: Enter sends it.
    const isTyped = suggestion?.insert.trim() === text.trim()
    if (suggestion && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      setChosen((chosen + (event.key === 'ArrowDown' ? 1 : suggestions.length - 1)) % suggestions.length)
    } else if (suggestion && (event.key === 'Tab' || (event.key === 'Enter' && !isTyped)) && !event.shiftKey)
      take(suggestion)
    else if (suggestion && event.key === 'Escape') setDismissed(true)
    else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) void send()
    else return
    event.preventDefault()
  }
  return html`<div class="composer">
    ${
      suggestions.length > 0 &&
      html`<ul class="suggestions" role="listbox" id=${`${id}-list`} aria-label="Suggestions">
        ${suggestions.map(
          (suggestion, index) => html`<li role="option" id=${`${id}-${index}`} aria-selected=${index === chosen}
            onPointerDown=${(event: Event) => {
              event.preventDefault()
              take(suggestion)
            }}><strong>${suggestion.label}</strong><span class="about">${suggestion.description}</span></li>`,
        )}
      </ul>`
    }
    ${fault && html`<p class="error" role="alert">${fault}</p>`}
    <div class="compose-frame">
      <textarea ref=${field} id=${id} rows=${Math.min(8, text.split('\n').length)} value=${text} placeholder=${label} aria-label=${label}
        role="combobox" aria-expanded=${suggestions.length > 0} aria-controls=${`${id}-list`} aria-autocomplete="list"
        aria-activedescendant=${suggestions.length > 0 ? `${id}-${chosen}` : undefined}
        onInput=${(event: { currentTarget: HTMLTextAreaElement }) => write(event.currentTarget.value)} onKeyDown=${onKey}></textarea>
      <button type="button" class="send" aria-label="Send" disabled=${text.trim() === ''} onClick=${() => void send()}>Send</button>
    </div>
  </div>`
}
