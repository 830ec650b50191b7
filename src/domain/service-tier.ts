/** Names that providers and conventions have for the standard tier. `auto` leaves it to the provider, whose standard it is. */
const STANDARD: readonly string[] = ['standard', 'default', 'auto', 'on_demand', 'standard_only']

/** A price tier by its name in small letters, such as `batch`, `flex` or `priority`; null is standard, or not said. */
export function tierOf(name: string | null | undefined): string | null {
  const tier = name?.trim().toLowerCase()
  return tier && !STANDARD.includes(tier) ? tier : null
}
