import type { Finding, Report } from '../domain/finding.ts'

/** A finding by its id; undefined where the analysis did not make it. */
export function findFigure(report: Report, id: string): Finding | undefined {
  return report.findings.find((finding) => finding.id === id)
}

/** Its value where that is a known number, else null. */
export function numberOf(finding: Finding | undefined): number | null {
  return typeof finding?.value === 'number' ? finding.value : null
}

export function numberAt(report: Report, id: string): number | null {
  return numberOf(findFigure(report, id))
}

/** The rows of a breakdown: findings `ID.DIMENSION=VALUE`, as they are ordered. */
export function breakdownOf(report: Report, id: string): Finding[] {
  return report.findings.filter(
    (finding) => finding.id.startsWith(`${id}.`) && finding.id.includes('=') && finding.segment,
  )
}
