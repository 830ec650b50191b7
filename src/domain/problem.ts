/** A fault that a person can mend: says what is wrong and the next step. Caught once, at the door. */
export class Problem extends Error {
  readonly code: string
  readonly nextStep: string | undefined

  constructor(code: string, message: string, options: { nextStep?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'Problem'
    this.code = code
    this.nextStep = options.nextStep
  }
}
