/** What Slack would refuse: a place in the blocks and why, in Slack's own manner. */
export interface Fault {
  /** JSON pointer, such as `/blocks/0/text/text`. */
  pointer: string
  message: string
}

export type Fields = Record<string, unknown>

/** Collects faults; each check adds to it and goes on, so that all are named at once. */
export class Report {
  readonly faults: Fault[] = []

  add(pointer: string, message: string): void {
    this.faults.push({ pointer, message })
  }

  /** The object's own fields, or null (and a fault) where it is no object or has fields that Slack does not know. */
  object(value: unknown, pointer: string, allowed: readonly string[]): Fields | null {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      this.add(pointer, 'must be an object')
      return null
    }
    for (const field of Object.keys(value)) {
      if (!allowed.includes(field)) this.add(`${pointer}/${field}`, `invalid additional property: ${field}`)
    }
    return value as Fields
  }

  /** A string of `least` to `most` characters; absent is a fault unless optional. */
  text(
    value: unknown,
    pointer: string,
    most: number,
    options: { optional?: boolean; least?: number } = {},
  ): string | null {
    if (value === undefined) {
      if (!options.optional) this.add(pointer, 'missing required field')
      return null
    }
    if (typeof value !== 'string') {
      this.add(pointer, 'must be a string')
      return null
    }
    if (value.length > most) this.add(pointer, `must be less than ${most + 1} characters`)
    if (value.length < (options.least ?? 1))
      this.add(pointer, `must be more than ${(options.least ?? 1) - 1} characters`)
    return value
  }

  /** A list of `least` to `most` members. */
  list(value: unknown, pointer: string, most: number, least = 1): unknown[] {
    if (!Array.isArray(value)) {
      this.add(pointer, value === undefined ? 'missing required field' : 'must be an array')
      return []
    }
    if (value.length > most) this.add(pointer, `no more than ${most} items allowed`)
    if (value.length < least) this.add(pointer, `no less than ${least} items required`)
    return value
  }

  oneOf(value: unknown, pointer: string, allowed: readonly string[], optional = true): void {
    if (value === undefined ? !optional : !allowed.includes(String(value))) {
      this.add(pointer, `must be one of: ${allowed.join(', ')}`)
    }
  }

  number(value: unknown, pointer: string, least: number, most: number, optional = false): void {
    if (value === undefined && optional) return
    if (typeof value !== 'number' || !Number.isFinite(value) || value < least || value > most) {
      this.add(pointer, `must be a number from ${least} to ${most}`)
    }
  }
}
