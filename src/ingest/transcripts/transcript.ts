import { z } from 'zod'

const text = z.string().max(255)
const id = z.union([text.min(1), z.number()]).transform(String)
const time = z.union([z.string(), z.number()])

const Call = z.object({
  id: z.string().nullish(),
  function: z.object({ name: z.string(), arguments: z.unknown().optional() }),
})
export type Call = z.infer<typeof Call>

const count = z.int().nonnegative().nullish()

export const Message = z.object({
  role: z.string(),
  content: z.unknown().optional(),
  name: z.string().nullish(),
  tool_calls: z.array(Call).nullish(),
  function_call: Call.shape.function.nullish(),
  tool_call_id: z.string().nullish(),
  model: text.nullish(),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count }).nullish(),
      completion_tokens_details: z.object({ reasoning_tokens: count }).nullish(),
    })
    .nullish(),
})
export type Message = z.infer<typeof Message>

/**
 * One run as a chat-completion message list. `trial` numbers independent repeats of the same input; `attempt` numbers
 * tries at the same work item. Other fields are left out: what wrote the file decides what it holds.
 */
export const Transcript = z
  .object({
    messages: z.array(Message).min(1).optional(),
    traj: z.array(Message).min(1).optional(),
    traceId: id.nullish(),
    workflow: text.nullish(),
    workItemId: id.nullish(),
    task_id: id.nullish(),
    attempt: z.int().min(1).max(1_000_000).nullish(),
    trial: z.int().min(0).max(100_000).nullish(),
    model: text.nullish(),
    startedAt: time.nullish(),
    endedAt: time.nullish(),
    outcome: z
      .union([z.string(), z.object({ status: z.string(), value: z.number().nullish(), occurredAt: time.nullish() })])
      .nullish(),
    reward: z.number().nullish(),
  })
  .refine((transcript) => transcript.messages ?? transcript.traj, { message: 'expected messages (or traj)' })
export type Transcript = z.infer<typeof Transcript>
