import { html, type SafeHtml } from '../html.ts'

/** Dollars for a person: cents, or as many places as a small amount needs. Null is unknown. */
export function dollars(amount: number | null): string {
  if (amount === null) return 'unknown'
  const places = amount !== 0 && Math.abs(amount) < 0.1 ? 4 : 2
  return amount.toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  })
}

export function instant(text: string | Date | null, timeZone: string): string {
  if (text === null) return 'unknown'
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(text))
}

/** How long something took, in the unit that a person would use. */
export function duration(from: string | Date, to: string | Date | null): string {
  if (to === null) return 'unknown'
  const seconds = (new Date(to).getTime() - new Date(from).getTime()) / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  if (seconds < 3600) return `${(seconds / 60).toFixed(1)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}

export function figure(label: string, value: string): SafeHtml {
  return html`<div><dt>${label}</dt><dd>${value}</dd></div>`
}

export function tags(attributes: Record<string, string | number | boolean>): SafeHtml {
  return html`<ul class="tags">${Object.entries(attributes).map(([name, value]) => html`<li>${name}: <b>${String(value)}</b></li>`)}</ul>`
}

/** Text as it is, or any other value as JSON. */
export function payload(value: unknown): SafeHtml | null {
  if (value === null || value === undefined) return null
  return html`<pre>${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>`
}
