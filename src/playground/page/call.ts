/** Calls the playground's server; throws with its words where it refuses. */
export async function call<Result>(path: string, body: object): Promise<Result> {
  const response = await fetch(`/playground/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as { ok: boolean; result: Result; error?: string }
  if (!answer.ok) throw new Error(answer.error ?? `The server answered ${response.status}.`)
  return answer.result
}
