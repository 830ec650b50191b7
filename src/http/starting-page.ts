import type { RequestHandler } from './open-port.ts'

/** Answers while Docket starts: a page that says what it is doing and reloads itself, and 503 with Retry-After to programs. */
export function startingPage(currentStep: () => string): RequestHandler {
  return (request, response) => {
    const path = request.url ?? '/'
    if (path === '/healthz') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"alive"}')
      return
    }
    const step = currentStep()
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    response.writeHead(503, {
      'retry-after': '2',
      'cache-control': 'no-store',
      'content-type': wantsPage ? 'text/html; charset=utf-8' : 'application/json',
    })
    response.end(
      wantsPage
        ? pageOf(step)
        : JSON.stringify({
            error: { code: 'starting', message: `Docket is starting: ${step}.`, nextStep: 'Try again in a moment.' },
          }),
    )
  }
}

/** `step` is one of Docket's own texts, so it needs no escaping. */
function pageOf(step: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>Docket is starting</title>
<style>body{font:16px/1.5 system-ui,sans-serif;display:grid;place-items:center;min-height:90vh;color:#222;background:#fafafa}
@media (prefers-color-scheme:dark){body{color:#eee;background:#1a1d21}}</style>
<main><h1>Docket is starting</h1><p role="status">${step} …</p><p>The first start sets up the embedded database; later ones take a few seconds.</p></main></html>`
}
