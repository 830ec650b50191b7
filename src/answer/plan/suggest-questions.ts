import type { Workspace } from '../../domain/workspace.ts'
import { isSameWord, wordsOfName } from './word-forms.ts'

const MOST = 3
/** `NAME` and `UNIT` are filled in; the order is that of how often people ask. */
const TEMPLATES = [
  'why did NAME cost change last week?',
  'what does a resolved UNIT cost?',
  'is a UNIT cheaper than the outsourcer?',
  'what do retries of NAME cost?',
  'how much did we spend on NAME last week?',
  'how much of NAME spend is waste?',
  'how much does the cost of the same UNIT vary?',
  'could a cheaper model handle NAME?',
  'how often do people overrule the agent on NAME?',
  'which steps make a difference in NAME?',
  'where should the next dollar go in NAME?',
  'what did we decide about NAME?',
]

/** The questions that Docket understands and that share most words with this one; the commonest where none does. */
export function suggestQuestions(question: string, workspace: Workspace, workflow?: string): string[] {
  const named = workspace.workflows.find((one) => one.name === workflow) ?? workspace.workflows[0]
  const name = named?.name ?? 'claims'
  const words = wordsOfName(question)
  const score = (template: string) =>
    wordsOfName(template).filter((word) => word.length > 3 && words.some((one) => isSameWord(one, word))).length
  return TEMPLATES.map((template, index) => ({ template, index, score: score(template) }))
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, MOST)
    .map(({ template }) => template.replace('NAME', name).replace('UNIT', named?.unit ?? `${name} item`))
}
