import { compareIds } from '../../attribution/item-days/compare-ids.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import type { RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { Citation } from '../../domain/finding.ts'

/** A link to the page of a work item, which shows its whole decision trace. */
export function citeItem(item: Pick<WorkItemFact, 'workflow' | 'workItemId'>, baseUrl: string, why: string): Citation {
  const url = `${baseUrl}/work-items/${encodeURIComponent(item.workflow)}/${encodeURIComponent(item.workItemId)}`
  return { kind: 'work_item', id: item.workItemId, title: `${item.workItemId}: ${why}`, url }
}

/** A link to one run on its work item's page. */
export function citeRun(run: RunFact, baseUrl: string, why: string): Citation {
  const page = citeItem(run, baseUrl, why)
  return { ...page, kind: 'trace', id: run.traceId, url: `${page.url}#${encodeURIComponent(run.traceId)}` }
}

/** The dearest items, dearest first; equal cost by id, so that the order of rows does not matter. */
export function dearestItems(items: ItemList, count: number): WorkItemFact[] {
  return firstOf(items, count, (a, b) => b.totalMicros - a.totalMicros || compareItems(a, b))
}

/** The first few in an order, without sorting the rest. */
export function firstOf<Member>(
  members: Iterable<Member>,
  count: number,
  compare: (a: Member, b: Member) => number,
): Member[] {
  const first: Member[] = []
  for (const member of members) {
    if (first.length === count && compare(member, first[count - 1]!) >= 0) continue
    const place = first.findIndex((one) => compare(member, one) < 0)
    first.splice(place < 0 ? first.length : place, 0, member)
    if (first.length > count) first.pop()
  }
  return first
}

/** The first by workflow and id; every id is read once. */
export function firstItem(items: ItemList): WorkItemFact | null {
  let [first, workflow, id]: [WorkItemFact | null, string, string] = [null, '', '']
  for (const item of items) {
    if (first !== null && item.workflow > workflow) continue
    const { workItemId } = item
    if (first !== null && item.workflow === workflow && workItemId >= id) continue
    ;[first, workflow, id] = [item, item.workflow, workItemId]
  }
  return first
}

/** By id alone. */
export function compareIdsOf(a: WorkItemFact, b: WorkItemFact): number {
  if (a instanceof ItemView && b instanceof ItemView) return compareIds(a, b)
  return a.workItemId < b.workItemId ? -1 : a.workItemId > b.workItemId ? 1 : 0
}

/** By workflow, then by id. */
export function compareItems(a: WorkItemFact, b: WorkItemFact): number {
  if (a.workflow !== b.workflow) return a.workflow < b.workflow ? -1 : 1
  return compareIdsOf(a, b)
}
