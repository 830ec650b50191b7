import { html, type VNode } from '../preact.js'
import type { Block, Fields, TextObject } from '../types.ts'

export type FormValues = Record<string, string | string[] | null>

interface Option {
  text: TextObject
  value: string
  description?: TextObject
}

/** What a form begins with: the initial values of its inputs. */
export function initialValues(blocks: Block[]): FormValues {
  return Object.fromEntries(
    blocks
      .filter((block) => block.type === 'input')
      .map((block) => {
        const element = block.element as Fields
        const option = element.initial_option as Option | undefined
        const options = element.initial_options as Option[] | undefined
        const value =
          options?.map((chosen) => chosen.value) ??
          option?.value ??
          element.initial_value ??
          element.initial_date ??
          null
        return [block.block_id, value as string | string[] | null]
      }),
  )
}

interface InputProperties {
  block: Block
  value: string | string[] | null
  error: string | undefined
  onChange: (value: string | string[] | null) => void
}

/** An input block: label, control, hint and error, tied together for screen readers. */
export function Input({ block, value, error, onChange }: InputProperties): VNode {
  const id = `input-${block.block_id}`
  const hint = block.hint as TextObject | undefined
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const element = block.element as Fields
  const grouped = element.type === 'checkboxes' || element.type === 'radio_buttons'
  const label = html`${(block.label as TextObject).text}${block.optional === true && html` <span class="optional">(optional)</span>`}`
  const control = renderControl(element, { id, value, onChange, described, invalid: Boolean(error) })
  return html`<div class=${`input ${error ? 'has-error' : ''}`}>
    ${grouped ? html`<fieldset><legend>${label}</legend>${control}</fieldset>` : html`<label for=${id}>${label}</label>${control}`}
    ${error && html`<p class="error" id=${`${id}-error`} role="alert">${error}</p>`}
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint.text}</p>`}
  </div>`
}

interface Control {
  id: string
  value: string | string[] | null
  onChange: (value: string | string[] | null) => void
  described: string
  invalid: boolean
}

function renderControl(element: Fields, { id, value, onChange, described, invalid }: Control): VNode {
  const placeholder = (element.placeholder as TextObject | undefined)?.text
  const options = (element.options ?? []) as Option[]
  const text = typeof value === 'string' ? value : ''
  const set = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value)
  const shared = { id, 'aria-describedby': described || undefined, 'aria-invalid': invalid, placeholder }
  switch (element.type) {
    case 'plain_text_input':
      return element.multiline === true
        ? html`<textarea ...${shared} rows="4" maxlength=${element.max_length} value=${text} onInput=${set}></textarea>`
        : html`<input ...${shared} type="text" maxlength=${element.max_length} value=${text} onInput=${set} autocomplete="off" />`
    case 'number_input':
      return html`<input ...${shared} type="number" step=${element.is_decimal_allowed === true ? 'any' : '1'} min=${element.min_value} max=${element.max_value} value=${text} onInput=${set} />`
    case 'datepicker':
      return html`<input ...${shared} type="date" value=${text} onInput=${set} />`
    case 'static_select':
      return html`<select ...${shared} value=${text} onChange=${set}>
        <option value="">${placeholder ?? 'Choose…'}</option>
        ${options.map((option) => html`<option value=${option.value}>${option.text.text}</option>`)}
      </select>`
    case 'radio_buttons':
      return html`${options.map((option) => html`<label class="choice"><input type="radio" name=${id} checked=${text === option.value} onChange=${() => onChange(option.value)} /> ${option.text.text}</label>`)}`
    case 'checkboxes': {
      const chosen = Array.isArray(value) ? value : []
      const toggle = (one: string) =>
        onChange(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one])
      return html`${options.map((option) => html`<label class="choice"><input type="checkbox" checked=${chosen.includes(option.value)} onChange=${() => toggle(option.value)} /> ${option.text.text}</label>`)}`
    }
    default:
      return html`<em>${String(element.type)} is not drawn here.</em>`
  }
}
