import { Blocks } from '../blocks/blocks.ts'
import { type FormValues, Input, initialValues } from '../blocks/inputs.ts'
import { call } from '../call.ts'
import { html, useEffect, useRef, useState, type VNode } from '../preact.js'
import type { Directory } from '../text/directory.ts'
import type { Block, ModalView } from '../types.ts'

interface ModalProperties {
  view: ModalView
  user: string
  directory: Directory
}

/** The modal on top. The browser's own dialog keeps the focus inside and closes on Escape. */
export function Modal({ view, user, directory }: ModalProperties): VNode {
  const { title, submit, close, blocks } = view.view
  const dialog = useRef<HTMLDialogElement | null>(null)
  const [values, setValues] = useState<FormValues>(() => initialValues(blocks))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const shape = blocks.map((block) => block.block_id).join()
  useEffect(() => {
    // "Loading…" becomes a form: it begins with that form's own values, and in its first field.
    setValues(initialValues(blocks))
    setErrors({})
    if (!dialog.current?.open) dialog.current?.showModal()
    dialog.current?.querySelector<HTMLElement>('.input input, .input textarea, .input select')?.focus()
    return undefined
  }, [shape])

  const cancel = () => void call('close-view', { user })
  const send = async () => {
    if (busy || !submit) return
    setBusy(true)
    try {
      const found = await call<Record<string, string> | null>('submit-view', { user, viewId: view.id, values })
      setErrors(found ?? {})
      const first = found && Object.keys(found)[0]
      if (first) dialog.current?.querySelector<HTMLElement>(`#input-${CSS.escape(first)}`)?.focus()
    } catch (error) {
      setErrors({ '': (error as Error).message })
    } finally {
      setBusy(false)
    }
  }
  const group = (block: Block) =>
    block.type === 'input'
      ? html`<${Input} key=${block.block_id} block=${block} value=${values[block.block_id] ?? null} error=${errors[block.block_id]}
          onChange=${(value: FormValues[string]) => setValues((now) => ({ ...now, [block.block_id]: value }))} />`
      : html`<${Blocks} key=${block.block_id} blocks=${[block]} context=${{ directory, onUse: () => {} }} />`
  return html`<dialog ref=${dialog} class="modal" aria-labelledby="modal-title" onCancel=${(event: Event) => {
    event.preventDefault()
    cancel()
  }}>
    <form method="dialog" novalidate onSubmit=${(event: Event) => {
      event.preventDefault()
      void send()
    }}>
      <header><h2 id="modal-title">${title.text}</h2><button type="button" class="close" aria-label="Close" onClick=${cancel}>×</button></header>
      <div class="modal-body">${errors[''] && html`<p class="error" role="alert">${errors['']}</p>`}${blocks.map(group)}</div>
      <footer>
        <button type="button" class="button" onClick=${cancel}>${close?.text ?? 'Close'}</button>
        ${submit && html`<button type="submit" class="button primary" aria-busy=${busy}>${submit.text}</button>`}
      </footer>
    </form>
  </dialog>`
}
