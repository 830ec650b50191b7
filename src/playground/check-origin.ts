const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Why a request must not be served, or null. The Host must be a loopback name or a configured one (a page elsewhere could
 * point a name of its own at 127.0.0.1), and a call that changes something must come from the playground's own page.
 */
export function refuseForeignRequest(
  request: { method: string; host: string | undefined; origin: string | undefined; site: string | undefined },
  allowedHosts: readonly string[],
): string | null {
  const name = hostName(request.host)
  if (name === null || !(LOOPBACK.has(name) || allowedHosts.includes(name)))
    return 'The playground is served on loopback names only; set PLAYGROUND_HOST to allow another.'
  if (request.method === 'GET' || request.method === 'HEAD') return null
  if (request.site !== undefined && request.site !== 'same-origin') return 'This call came from another site.'
  if (request.origin !== undefined && originHost(request.origin) !== request.host)
    return 'This call came from another site.'
  return null
}

function hostName(host: string | undefined): string | null {
  if (!host) return null
  try {
    return new URL(`http://${host}`).hostname
  } catch {
    return null
  }
}

function originHost(origin: string): string | null {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}
