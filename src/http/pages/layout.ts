import { html, type SafeHtml } from '../html.ts'

/** A whole page. No script runs on it; the policy allows none. */
export function layout(title: string, body: SafeHtml): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Docket</title>
<link rel="stylesheet" href="/assets/pages.css">
</head>
<body>
<header class="bar"><a href="/">Docket</a></header>
<main>${body}</main>
</body>
</html>`.markup
}

export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const
