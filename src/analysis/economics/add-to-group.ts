/** Puts a member into the group of its key; in place, because groups may hold every item of a year. */
export function addToGroup<Key, Member>(groups: Map<Key, Member[]>, key: Key, member: Member): void {
  const group = groups.get(key)
  if (group) group.push(member)
  else groups.set(key, [member])
}
