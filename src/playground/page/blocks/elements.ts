import { html, useState, type VNode } from '../preact.js'
import type { Fields, TextObject, Used } from '../types.ts'

interface Option {
  text: TextObject
  value: string
}

/** A button, select, date or feedback element of a message or a Home tab. */
export function Element({
  element,
  blockId,
  onUse,
}: {
  element: Fields
  blockId: string
  onUse: (used: Used) => void
}): VNode {
  const use = (value: string | null) => onUse({ blockId, actionId: String(element.action_id), value })
  switch (element.type) {
    case 'button':
      return html`<${Button} element=${element} onClick=${() => use((element.value as string | undefined) ?? null)} />`
    case 'feedback_buttons':
      return html`<span class="feedback" role="group" aria-label="Was this helpful?">
        ${(['positive_button', 'negative_button'] as const).map((side) => {
          const button = element[side] as { text: TextObject; value: string }
          return html`<button type="button" class="button quiet" onClick=${() => use(button.value)}>
            <span aria-hidden="true" class=${`thumb ${side}`}></span>${button.text.text}
          </button>`
        })}
      </span>`
    case 'static_select':
    case 'overflow':
      return html`<select class="select" aria-label=${(element.placeholder as TextObject | undefined)?.text ?? 'Choose'}
        onChange=${(event: { currentTarget: HTMLSelectElement }) => use(event.currentTarget.value)}>
        <option value="" disabled selected>${(element.placeholder as TextObject | undefined)?.text ?? 'Choose…'}</option>
        ${((element.options ?? []) as Option[]).map((option) => html`<option value=${option.value}>${option.text.text}</option>`)}
      </select>`
    case 'datepicker':
      return html`<input class="select" type="date" value=${element.initial_date ?? ''}
        onChange=${(event: { currentTarget: HTMLInputElement }) => use(event.currentTarget.value)} />`
    case 'radio_buttons':
    case 'checkboxes':
      return html`<span class="choices">${((element.options ?? []) as Option[]).map(
        (
          option,
        ) => html`<label><input type=${element.type === 'checkboxes' ? 'checkbox' : 'radio'} name=${`${blockId}-${String(element.action_id)}`}
          onChange=${() => use(option.value)} /> ${option.text.text}</label>`,
      )}</span>`
    default:
      return html`<em>${String(element.type)}</em>`
  }
}

function Button({ element, onClick }: { element: Fields; onClick: () => void }): VNode {
  const [busy, setBusy] = useState(false)
  const click = () => {
    if (busy) return
    setBusy(true)
    // Slack shows a click as taken for a moment, too; the message changes when the app has answered.
    setTimeout(() => setBusy(false), 900)
    onClick()
  }
  return html`<button type="button" class=${`button ${String(element.style ?? '')}`} aria-busy=${busy} aria-label=${element.accessibility_label}
    onClick=${click}>${(element.text as TextObject).text}</button>`
}
