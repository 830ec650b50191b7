/** Addresses to listen on that stand for every name. */
const ANY_HOST = new Set(['0.0.0.0', '::', '[::]'])
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Why a request must not be served, or null. Without a configured host it must come from this machine. The Host must be a loopback name or a configured one (a page elsewhere could
 * point a name of its own at 127.0.0.1), and a call that changes something must come from the playground's own page.
 */
export function refuseForeignRequest(
  request: {
    method: string
    /** Where it comes from. */
    address: string | undefined
    host: string | undefined
    origin: string | undefined
    site: string | undefined
  },
  allowedHosts: readonly string[],
): string | null {
  const isOpen = allowedHosts.some((host) => ANY_HOST.has(host))
  if (allowedHosts.length === 0 && !isLoopback(request.address))
    return 'The playground is served to this machine only; set PLAYGROUND_HOST to the name that others reach it by.'
  const name = hostName(request.host)
  if (name === null || !(isOpen || LOOPBACK.has(name) || allowedHosts.includes(name)))
    return 'The playground is served on loopback names only; set PLAYGROUND_HOST to allow another.'
  if (request.method === 'GET' || request.method === 'HEAD') return null
  if (request.site !== undefined && request.site !== 'same-origin') return 'This call came from another site.'
  if (request.origin !== undefined && originHost(request.origin) !== request.host)
    return 'This call came from another site.'
  return null
}

function isLoopback(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address ?? '')
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
