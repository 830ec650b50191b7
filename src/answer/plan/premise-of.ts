import type { Metric } from '../../domain/plan.ts'

const RISE =
  /\b(?:spik\w+|spike|jump\w*|surg\w+|r[io]se|risen|rising|rises|increas\w+|climb\w*|soar\w*|shot up|blew up|explod\w+|doubl\w+|tripl\w+|grew|grown|growing|(?:go(?:es|ing|ne)?|went|crept|creep\w*|trend\w*) (?:\w+ )?up|higher|more|dearer|costlier|pricier)\b/
const FALL =
  /\b(?:decreas\w+|declin\w+|drop\w*|f[ae]ll|falls|fallen|falling|halv\w+|plung\w+|plummet\w*|dip(?:s|ped)?|shr[aiu]nk|collaps\w+|(?:go(?:es|ing|ne)?|went|trend\w*) (?:\w+ )?down|lower|less|fewer|cheaper)\b/

/** What a question about a change takes for granted; null where it leaves it open, or says both. */
export function premiseOf(text: string, metric?: Metric): 'rise' | 'fall' | null {
  // More failures are a lower rate of resolution: what the words count is not what is measured.
  if (metric === 'resolution_rate' && /\b(?:fail|escalat|unresolved)/.test(text)) return null
  const [rises, falls] = [RISE.test(text), FALL.test(text)]
  return rises === falls ? null : rises ? 'rise' : 'fall'
}
