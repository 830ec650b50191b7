import { context, type Message, section } from '../message.ts'

export const EXAMPLE_QUESTIONS = [
  'Why did claims cost change last week?',
  'What does a resolved claim cost?',
  'Which claims took the most retries?',
  'Have we seen hail rider denials before?',
] as const

/** What Docket can do, each with an example to copy. */
export function helpMessage(): Message {
  return {
    text: 'Ask a question about what agents cost and achieve, or record a correction.',
    blocks: [
      section(
        'Ask me what agents cost and what came of it, here, in a direct message, or with `/docket ask`.\n' +
          EXAMPLE_QUESTIONS.map((question) => `• ${question}`).join('\n'),
      ),
      section(
        '*Record a correction*\n' +
          '`/override` opens a form · `/override claim-8841` a form filled in · or at once:\n' +
          '`/override claim-8841 deny -&gt; approve because hail rider applies rule HR-12 took 12m`',
      ),
      section(
        '*Also*\n' +
          '`/docket digest` last week in words · `/docket find hail rider` what was decided before, and why · ' +
          '`/docket rules` what holds, and what people seem to follow · ' +
          '`/docket annotations` what people said of agents’ steps in other tools · ' +
          '`/docket workflow` and `/docket budget` each workflow’s figures · ' +
          '`/docket price` what is agreed with providers for models, and a form to set it',
      ),
      context(
        'In a thread that I have answered in, just write on; no mention is needed. Message menu: “Record override”, “Save as decision”.',
      ),
    ],
  }
}
