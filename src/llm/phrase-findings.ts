import type { Finding } from '../domain/finding.ts'
import type { ModelClient } from './client.ts'
import { renderPrompt } from './prompts.ts'

const MOST_FINDINGS = 40

/**
 * A model's wording of an answer. It sees the template's words and the findings; whoever calls this checks every figure in
 * what comes back, and labels it as a model's.
 */
export async function phraseFindings(
  model: ModelClient,
  answer: { question: string; draft: string; findings: readonly Finding[] },
): Promise<string> {
  const findings = answer.findings
    .slice(0, MOST_FINDINGS)
    .map(({ label, value, unit, n }) => ({ label, value, unit, n }))
  const user = JSON.stringify({ question: answer.question, draft: answer.draft, findings })
  return (await model.complete({ system: renderPrompt('phrase-answer'), user, maxTokens: 700 })).trim()
}
