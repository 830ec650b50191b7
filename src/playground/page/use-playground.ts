import { useEffect, useRef, useState } from './preact.js'
import type { State } from './types.ts'

/** The state of one person's workspace, loaded again whenever the server says that something changed. */
export function usePlayground(user: string | null): { state: State | null; offline: boolean } {
  const [state, setState] = useState<State | null>(null)
  const [offline, setOffline] = useState(false)
  const wanted = useRef(user)
  wanted.current = user
  useEffect(() => {
    let loading = false
    let again = false
    const load = async () => {
      if (loading) {
        again = true
        return
      }
      loading = true
      do {
        again = false
        const asked = wanted.current
        try {
          const response = await fetch(`/playground/state?user=${encodeURIComponent(asked ?? '')}`)
          const loaded = (await response.json()) as State
          if (asked === wanted.current) setState(loaded)
          setOffline(false)
        } catch {
          setOffline(true)
        }
      } while (again)
      loading = false
    }
    const events = new EventSource('/playground/events')
    events.addEventListener('change', () => void load())
    events.addEventListener('error', () => setOffline(true))
    void load()
    return () => events.close()
  }, [user])
  return { state: state && (user === null || state.me === user) ? state : null, offline }
}
