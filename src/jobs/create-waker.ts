import type { Queue, QueueName } from './queue.ts'

const PAUSE_MILLISECONDS = 100

/**
 * Asks for jobs after a commit, without making its caller wait: a burst of calls becomes one job. If the sending fails, or the
 * process dies before it, the minute's tick sends the same job.
 */
export function createWaker(queue: Queue, names: readonly QueueName[], onError: (error: unknown) => void): () => void {
  let isAsked = false
  return () => {
    if (isAsked) return
    isAsked = true
    const send = () => {
      isAsked = false
      for (const name of names) queue.send(name).catch(onError)
    }
    setTimeout(send, PAUSE_MILLISECONDS).unref()
  }
}
