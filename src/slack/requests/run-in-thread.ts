import type { WebClient } from '@slack/web-api'
import { threadConversation } from '../conversation.ts'
import type { SlackDependencies } from '../dependencies.ts'
import { faultMessage } from '../fault-message.ts'
import type { Request } from '../parse-command.ts'
import { answerQuestion } from './answer-question.ts'
import { runRequest } from './run-request.ts'

export interface ThreadRequest {
  channel: string
  threadTs: string
  /** Of the message that asks. */
  ts: string
  user: string
  direct: boolean
  /** False for a thread message that does not mention Docket: it is answered only where it is understood. */
  addressed: boolean
}

/** Does in a thread what a message asks for; what fails is said to its writer. */
export async function runInThread(
  deps: SlackDependencies,
  client: WebClient,
  place: ThreadRequest,
  request: Request,
): Promise<void> {
  const conversation = threadConversation(client, place, deps.log)
  try {
    if (!place.addressed && request.name === 'ask') {
      await answerQuestion(deps, conversation, request.question, true)
    } else {
      await runRequest(deps, client, conversation, request, `slack-${place.channel}-${place.ts}`)
    }
  } catch (error) {
    await conversation.working('', [])
    await conversation.tell(faultMessage(error, 'answer that', deps.log))
  }
}
