import type { ViewOutput } from '@slack/bolt'
import { INPUT_ELEMENT } from './ids.ts'

/** What was typed or chosen in an input, trimmed; null where it was left empty. */
export function formValue(view: ViewOutput, blockId: string): string | null {
  const state = view.state.values[blockId]?.[INPUT_ELEMENT]
  const value = state?.selected_option?.value ?? state?.selected_date ?? state?.value ?? ''
  return value.trim() === '' ? null : value.trim()
}

/** The values that are ticked in checkboxes. */
export function formChoices(view: ViewOutput, blockId: string): string[] {
  return view.state.values[blockId]?.[INPUT_ELEMENT]?.selected_options?.map((option) => option.value) ?? []
}
