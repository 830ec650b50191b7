/** Seconds up to which the client itself waits as `Retry-After` says. */
const CLIENT_WAITS = 60

/**
 * `fetch` that keeps the client from asking again at once where the endpoint wants to be left alone for longer than the client
 * would wait: it would go by pauses of its own instead.
 */
export async function fetchPatiently(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init)
  if (response.ok || (secondsToWait(response.headers) ?? 0) <= CLIENT_WAITS) return response
  const headers = new Headers(response.headers)
  headers.set('x-should-retry', 'false')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}

/** What `Retry-After` asks for, in seconds from now, as a number or a date (RFC 9110, 10.2.3); null where it asks for nothing. */
export function secondsToWait(headers: Headers | undefined): number | null {
  const asked = headers?.get('retry-after')
  if (!asked) return null
  const seconds = /^\d+$/.test(asked.trim()) ? Number(asked) : (Date.parse(asked) - Date.now()) / 1000
  return seconds > 0 ? seconds : null
}
