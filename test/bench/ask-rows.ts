export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** One row of COPY text. What is generated here has neither tabs nor backslashes. */
export function line(fields: readonly (string | number | boolean | null)[]): string {
  return `${fields.map((field) => (field === null ? '\\N' : String(field))).join('\t')}\n`
}
