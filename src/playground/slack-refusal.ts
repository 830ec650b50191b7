/** What Slack answers instead of `ok: true`: its error code, and for blocks the places that it does not take. */
export class SlackRefusal extends Error {
  readonly code: string
  readonly messages: string[]

  constructor(code: string, messages: string[] = []) {
    super(messages.length > 0 ? `${code}: ${messages.join('; ')}` : code)
    this.name = 'SlackRefusal'
    this.code = code
    this.messages = messages
  }
}
