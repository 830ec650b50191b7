/** Dated releases of one model: `gpt-4o-2024-08-06`, `claude-sonnet-4-5-20250929`, `claude-sonnet-4-5@20250929`. */
const RELEASE_DATE = /[-@](?:\d{4}-\d{2}-\d{2}|\d{8})$/

/** A model's name without its release date, in lower case. */
export function undatedModel(model: string): string {
  return model.toLowerCase().replace(RELEASE_DATE, '')
}

/** Whether two names may be of one model; an absent name agrees with any. */
export function modelsAgree(a: string | null, b: string | null): boolean {
  return a === null || b === null || undatedModel(a) === undatedModel(b)
}
