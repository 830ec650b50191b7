/** A Slack date token written for this reader: their zone, their locale. */
export function formatDate(seconds: number, format: string, now: Date = new Date()): string {
  const date = new Date(seconds * 1000)
  const write = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, options).format(date)
  const tokens: Record<string, () => string> = {
    date_num: () => date.toISOString().slice(0, 10),
    date: () => write({ month: 'long', day: 'numeric', year: 'numeric' }),
    date_short: () => write({ weekday: 'short', month: 'short', day: 'numeric' }),
    date_long: () => write({ weekday: 'long', month: 'long', day: 'numeric', year: 'numeric' }),
    time: () => write({ hour: 'numeric', minute: '2-digit' }),
    time_secs: () => write({ hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  }
  return format.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const pretty = name.endsWith('_pretty')
    const base = pretty ? name.slice(0, -'_pretty'.length) : name
    return (pretty && relativeDay(date, now)) || tokens[base]?.() || whole
  })
}

function relativeDay(date: Date, now: Date): string | null {
  const midnight = (value: Date) => new Date(value.getFullYear(), value.getMonth(), value.getDate()).getTime()
  const days = Math.round((midnight(date) - midnight(now)) / 86_400_000)
  return days === 0 ? 'today' : days === -1 ? 'yesterday' : days === 1 ? 'tomorrow' : null
}
