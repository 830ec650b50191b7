/** The page of a work item, to which answers and confirmations link. */
export function workItemUrl(baseUrl: string, workflow: string, id: string): string {
  return `${baseUrl}/work-items/${encodeURIComponent(workflow)}/${encodeURIComponent(id)}`
}
