import type { Finding, Report } from '../../../src/domain/finding.ts'

/** The finding or caveat of that id; fails the test where there is none. */
export function findingOf(report: Report, id: string): Finding {
  const finding = [...report.findings, ...report.caveats].find((one) => one.id === id)
  if (!finding) throw new Error(`no finding ${id} among ${report.findings.map((one) => one.id).join(', ')}`)
  return finding
}

export function figureOf(report: Report, id: string): Finding['value'] {
  return findingOf(report, id).value
}

/** Dollars back as whole micro-dollars; unknown is none of them. */
export function microsOf(dollars: string | number | null | undefined): number {
  return Math.round(Number(dollars ?? 0) * 1_000_000)
}

export function idsOf(report: Report): string[] {
  return [...report.findings, ...report.caveats].map((finding) => finding.id)
}
