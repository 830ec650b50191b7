import type { OverrideCluster } from './cluster-overrides.ts'

/** The words with which a person begins to write the rule that a cluster suggests. `segment` is the cluster's, in words. */
export function draftRule(
  cluster: Pick<OverrideCluster, 'workflow' | 'agentDecision' | 'humanDecision' | 'reason'>,
  segment: string,
): string {
  const reason = cluster.reason.trim()
  const where = segment === '' ? `In ${cluster.workflow}` : `In ${cluster.workflow} of ${segment}`
  return `${where}: ${cluster.humanDecision}, not ${cluster.agentDecision}. ${reason}${/[.!?]$/.test(reason) ? '' : '.'}`
}
