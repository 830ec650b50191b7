import type { AnalysisName, Metric } from '../../domain/plan.ts'
import { ANALYSIS_PHRASES } from './analysis-phrases.ts'
import { ANALYSIS_RULES, CAUSE_WORDS, CHANGE_WORDS, COMPARATIVE_WORDS, LEVEL_RULES } from './analysis-rules.ts'

export interface AskedFor {
  analysis: AnalysisName
  metric?: Metric
}

/** What else of the question bears on what it is after. */
export interface Clues {
  hasIdentifier: boolean
  /** Two segments, models or workflows set against one another. */
  hasTwoSides: boolean
  hasPeriod: boolean
  hasWorkflow: boolean
}

const COMPARES = /\b(?:weekends|compar\w+|versus|vs|than|differ\w*|difference|against|or|between)\b/
const DEARER =
  /\b(?:more expensive|less expensive|dearer|cheaper|pricier|costlier|costs? (?:\w+ )?(?:more|less|twice|double|\d+ times)|costing (?:\w+ )?(?:more|less)|higher|lower|worse|better|expensive|need more|take more|more \w+|fewer|less|slower|faster)\b/

/** The analysis that answers the question, and the metric it is about; null where no rule knows. */
export function recogniseAnalysis(whole: string, clues: Clues): AskedFor | null {
  // What a figure is to include is not what is asked for.
  const text = whole.replace(
    / (?:including|inclusive of|incl|counting|with) (?:all |the |any |every )?(?:\w+ )?(?:rework|corrections?|retries|failures|everything)(?: (?:and|or) \w+)*(?: included| counted)?$/,
    '',
  )
  const ruled = [...ANALYSIS_PHRASES, ...ANALYSIS_RULES].find(
    (rule) => rule.pattern.test(text) && !rule.unless?.test(text),
  )
  if (ruled?.analysis === 'find' || ruled?.analysis === 'help') return { analysis: ruled.analysis }
  if (clues.hasIdentifier) return { analysis: 'work_item' }
  if (
    clues.hasTwoSides &&
    COMPARES.test(text) &&
    (CAUSE_WORDS.test(text) || DEARER.test(text) || /\bcompar|\bdifferen|\bvs\b|\bversus\b|\bagainst\b/.test(text))
  ) {
    if (ruled?.analysis !== 'routing' || CAUSE_WORDS.test(text)) return withMetric('compare_segments', text)
  }
  if (ruled) return withMetric(ruled.analysis, text)
  if (CHANGE_WORDS.test(text)) return withMetric('explain_change', text)
  const level = LEVEL_RULES.find((rule) => rule.pattern.test(text) && !rule.unless?.test(text))
  if (!CAUSE_WORDS.test(text)) return level ? withMetric(level.analysis, text) : null
  // "why are prompts so long?" asks about a level, "why are they longer?" about a change.
  const isAboutLevel = level && /^(?:retry_tail|context|corrections)$/.test(level.analysis)
  if (isAboutLevel && !clues.hasPeriod && !COMPARATIVE_WORDS.test(text)) return withMetric(level.analysis, text)
  return level || clues.hasPeriod || clues.hasWorkflow ? withMetric('explain_change', text) : null
}

function withMetric(analysis: AnalysisName, text: string): AskedFor {
  if (analysis === 'explain_change') return { analysis, metric: metricOf(text) ?? 'spend' }
  if (analysis === 'compare_segments') return { analysis, metric: metricOf(text) ?? 'cost_per_resolved' }
  if (analysis === 'cost_per_resolved') {
    const metric = metricOf(text)
    return { analysis, metric: metric === 'resolution_rate' && !UNIT_COST.test(text) ? metric : 'cost_per_resolved' }
  }
  if (analysis === 'spend') return { analysis, metric: 'spend' }
  if (analysis === 'retry_tail') return { analysis, metric: 'attempts' }
  if (analysis === 'context') return { analysis, metric: 'tokens_per_call' }
  if (analysis === 'corrections') return { analysis, metric: 'override_rate' }
  return { analysis }
}

const UNIT_COST =
  /\b(?:(?:price|cost) of (?:resolving|solving|closing|handling|finishing) |costs? (?:\w+ ){0,2}?(?:per|of a|of an|of one|of each|for a|for an|for one|a|an|each) (?!week|month|day|quarter|year)\w+|(?:spend|spent|price|dollars|paid|pay) (?:\w+ )?(?:per|for each|for every|for a|for one|a|an|each) (?!week|month|day|quarter|year|period)\w+|per (?:resolved|unit|item|resolution|claim|ticket|invoice|case|request|order|closed|solved)|unit (?:costs?|prices?|economics)|average (?:\w+ ){0,3}(?:costs?|price)|(?:a|an|one|each|every) (?:\w+ ){1,4}costs?|cost (?:\w+ )?on average|expensive|cheapest|dearest|costs?)\b/
const METRIC_RULES: [Metric, RegExp][] = [
  ['override_rate', /\b(?:overrid\w+|overrul\w+|corrections?|correct(?:ed|ing)|overturn\w*|disagree\w*)\b/],
  [
    'tokens_per_call',
    /\b(?:tokens? (?:per|a|each|in each) \w+|tokens? (?:use|usage|consumption|counts?|volumes?)|contexts?(?: (?:size|length|windows?))?|prompt (?:size|length)s?|prompts? (?:get|got|getting|grow|grew|become|became) (?:\w+ )?(?:longer|bigger|larger)|input (?:size|length|tokens?)|(?:token|input) growth|tokens)\b/,
  ],
  ['attempts', /\b(?:re ?tr(?:y|ies|ied|ying)|attempts?|re ?runs?|first (?:try|time|pass|attempt)|tries)\b/],
  [
    'resolution_rate',
    /\b(?:how many (?:\w+ ){0,4}(?:done|through|finished|completed)|resolution(?: rate)?s?|success(?: rate)?|resolved (?:share|rate|percentage)|(?:fewer|less|more) (?:\w+ )?resolved|failures?|fail(?:ed|ing|s)?|failure rate|escalat\w+|completion rate|solve rate|resolve(?:s|d)? (?:less|more|fewer)|(?:share|percentage|percent|proportion|fraction|how many)(?: of)?(?: the| our)?(?: \w+)? (?:is |are |was |were |get |got |that are |being )?(?:resolved|solved|closed)|resolving|resolves?|resolved)\b/,
  ],
]
const UNIT_COST_CHANGE =
  /\b(?:costs? (?:\w+ )?(?:per|of a|of an|of one|of each|for a|for each|a|an|each) (?!week|month|day|quarter|year|lot|bit)\w+|per (?:resolved|unit|item|resolution|claim|ticket|invoice|case|request|piece|closed|solved)|unit (?:costs?|prices?|economics)|average (?:\w+ ){0,2}(?:costs?|price)|(?:a|one|each|every) (?:\w+ ){0,2}(?:resolved|single) (?:\w+ )?costs?|resolved (?:\w+ )?costs?|(?:a|an|one|each|every) \w+ costs?)\b/

const MONEY = /\b(?:cost|costs|spend|spending|bill|expensive|cheaper|dearer)\b/

/** The metric that the words name; null where they name none, which means dollars. */
function metricOf(text: string): Metric | null {
  const isAboutMoney = MONEY.test(text)
  // "attempts per claim" is a rate of its own; "per resolved claim" alone is what it costs.
  const named = METRIC_RULES.find(([metric, pattern]) => metric !== 'resolution_rate' && pattern.test(text))
  if (named && !isAboutMoney) return named[0]
  if (UNIT_COST_CHANGE.test(text)) return 'cost_per_resolved'
  for (const [metric, pattern] of METRIC_RULES) {
    // "why did retries make claims cost more" is about the cost, not about the retries.
    if (pattern.test(text) && !isAboutMoney) return metric
  }
  return /\b(?:spend\w*|spent|bill|total cost|budget|dollars)\b/.test(text) ? 'spend' : null
}
