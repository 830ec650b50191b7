import { type CalendarDate, dateIn } from '../../domain/period.ts'
import type { Dimension, Workspace } from '../../domain/workspace.ts'
import { type AssignedPeriods, assignPeriods } from './assign-periods.ts'
import { createSpelling } from './correct-spelling.ts'
import { type Reading, readQuestion, type Word, wordsBetween } from './read-question.ts'
import { type AskedFor, recogniseAnalysis } from './recognise-analysis.ts'
import { isDayKindWord, recogniseDayKinds } from './recognise-day-kinds.ts'
import { type FilterMention, recogniseFilters } from './recognise-filters.ts'
import { type GroupingMention, recogniseGrouping } from './recognise-grouping.ts'
import { type IdentifierMention, recogniseIdentifier } from './recognise-identifier.ts'
import { recogniseSides, type Sides } from './recognise-sides.ts'
import { recogniseVersions } from './recognise-versions.ts'
import { recogniseWorkflows, type WorkflowMention } from './recognise-workflow.ts'
import { wordsOfName } from './word-forms.ts'

/** Everything that the rules recognise in one question, before it becomes a plan. */
export interface QuestionParts {
  reading: Reading
  today: CalendarDate
  workflows: WorkflowMention[]
  periods: AssignedPeriods
  filters: FilterMention[]
  grouping: GroupingMention | null
  identifier: IdentifierMention | null
  sides: Sides | null
  asked: AskedFor | null
  /** Words that one of the parts explains. */
  explained: Set<Word>
}

/** Recognises the parts of a question. `instant` and `timeZone` are those of its "now". */
export function recogniseParts(
  question: string,
  workspace: Workspace,
  standpoint: { asOf: Date; timeZone: string },
): QuestionParts {
  const reading = readQuestion(question, createSpelling(namesOf(workspace)))
  const today = dateIn(standpoint.asOf, standpoint.timeZone)
  const periods = assignPeriods(reading.text, today)
  const explained = new Set(periods.mentions.flatMap((mention) => wordsBetween(reading, mention.start, mention.end)))
  const identifier = recogniseIdentifier(reading, workspace.workflows)
  if (identifier) explained.add(identifier.word)
  const workflows = recogniseWorkflows(reading, workspace.workflows).filter(
    (mention) => !mention.words.every((word) => explained.has(word)),
  )
  const names = new Set(workflows.map((mention) => mention.name))
  const dimensions = workspace.dimensions.filter((dimension) => isCarriedBy(dimension, names))
  const grouping = recogniseGrouping(reading, dimensions)
  for (const word of [...workflows.flatMap((mention) => mention.words), ...(grouping?.words ?? [])]) explained.add(word)
  const segments = recogniseFilters(reading, dimensions, explained)
  for (const word of segments.flatMap((mention) => mention.words)) explained.add(word)
  const versions = recogniseVersions(reading, explained)
  for (const word of versions.flatMap((mention) => mention.words)) explained.add(word)
  const filters = [...segments, ...versions]
  const kinds = recogniseDayKinds(reading.text)
  for (const word of kinds ? reading.words : []) if (isDayKindWord(word.text)) explained.add(word)
  const sides = recogniseSides(reading, filters, workflows) ?? kinds
  const clues = {
    hasIdentifier: identifier !== null,
    hasTwoSides: sides !== null,
    hasPeriod: periods.mentions.length > 0,
    hasWorkflow: workflows.length > 0,
  }
  const asked = recogniseAnalysis(withoutGrouping(reading, grouping), clues) ?? recogniseAnalysis(reading.text, clues)
  return { reading, today, workflows, periods, filters, grouping, identifier, sides, asked, explained }
}

/** "spend per workflow" asks for spend: its split is no part of what is measured. */
function withoutGrouping(reading: Reading, grouping: GroupingMention | null): string {
  if (
    !grouping ||
    !/^(?:by|per|across|split|broken|break|breakdown|grouped?|cut|sliced?|segmented)$/.test(grouping.words[0]!.text)
  ) {
    return reading.text
  }
  return reading.words
    .filter((word) => !grouping.words.includes(word))
    .map((word) => word.text)
    .join(' ')
}

/** Dimensions of the named workflows, or of any where none is named. */
function isCarriedBy(dimension: Dimension, workflows: ReadonlySet<string>): boolean {
  if (workflows.size === 0 || !dimension.workflows) return true
  return dimension.workflows.some((name) => workflows.has(name))
}

function* namesOf(workspace: Workspace): Iterable<string> {
  for (const { name, unit } of workspace.workflows) yield* [...wordsOfName(name), ...wordsOfName(unit ?? '')]
  for (const { name, values } of workspace.dimensions) {
    yield* wordsOfName(name)
    for (const value of values) if (!/\d/.test(value)) yield* wordsOfName(value)
  }
}
