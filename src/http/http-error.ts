/** What a caller did wrong, as every JSON error body says it: `{error: {code, message, nextStep?, path?}}`. */
export class HttpError extends Error {
  readonly statusCode: number
  readonly code: string
  readonly nextStep: string | undefined
  /** Place in the body or the query that is wrong. */
  readonly path: string | undefined

  constructor(statusCode: number, code: string, message: string, nextStep?: string, path?: string) {
    super(message)
    this.name = 'HttpError'
    this.statusCode = statusCode
    this.code = code
    this.nextStep = nextStep
    this.path = path
  }
}
