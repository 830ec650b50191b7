import type { DocumentBody } from './bodies.ts'
import type { Loss } from './claims-wording.ts'
import type { Random } from './seeded-random.ts'

export const HAIL_RIDER_ID = 'end-hr-12'

const RIDER: DocumentBody = {
  id: HAIL_RIDER_ID,
  title: 'Endorsement HR-12: hail rider, roof surfacing',
  content:
    'We pay for direct physical loss to roof surfacing caused by hail, whatever its age. This endorsement takes the place of Section I, exclusion 6. Damage to the mat counts as functional.',
}

const BASE_WORDING: Record<Loss['policyType'], DocumentBody[]> = {
  home: [
    { id: 'ho3-base', title: 'Homeowners wording HO-3, section I', tokens: 11800 },
    { id: 'ho3-exclusions', title: 'Homeowners wording HO-3, exclusions 1 to 9', tokens: 7400 },
    { id: 'ho3-deductibles', title: 'Wind and hail deductible schedule', tokens: 3100 },
  ],
  auto: [
    { id: 'pap-b', title: 'Personal auto policy, part D: damage to your auto', tokens: 9600 },
    { id: 'pap-conditions', title: 'Personal auto policy, duties after a loss', tokens: 5200 },
  ],
  travel: [
    { id: 'trv-benefits', title: 'Travel policy, table of benefits', tokens: 4300 },
    { id: 'trv-definitions', title: 'Travel policy, definitions', tokens: 3600 },
  ],
}

const EXCEPTION_DOCUMENTS: readonly DocumentBody[] = [
  { id: 'form-ex-4', title: 'Exception form EX-4: condition before the policy began', tokens: 6200 },
  { id: 'form-ex-7', title: 'Exception form EX-7: roof inspection waiver', tokens: 5400 },
  { id: 'form-ex-2', title: 'Exception form EX-2: underwriting exception, occupancy', tokens: 5800 },
  { id: 'engineer-report', title: 'Engineer report with photo pages', tokens: 14600 },
  { id: 'contractor-estimate', title: 'Contractor estimate, itemised', tokens: 8900 },
]

export interface Retrieval {
  loss: Loss
  exceptionDocs: boolean
  /** Whether the hail rider is read; null where it is not among the documents. */
  riderUsed: boolean | null
  /** Place of the rider among the results, 0 is first. */
  riderRank: number
}

/** What the search over policy wording returns, best first, and what of it the agent used. */
export function retrievedDocuments(
  random: Random,
  { loss, exceptionDocs, riderUsed, riderRank }: Retrieval,
): DocumentBody[] {
  const wording = BASE_WORDING[loss.policyType].map((document, index) => ({
    ...document,
    used: index === 0 || random.chance(0.55),
  }))
  const exceptions = exceptionDocs
    ? random
        .shuffle(EXCEPTION_DOCUMENTS)
        .slice(0, random.whole(2, 3))
        .map((document) => ({ ...document, used: random.chance(0.75) }))
    : []
  const documents: DocumentBody[] = [...wording, ...exceptions]
  if (riderUsed !== null) documents.splice(Math.min(riderRank, documents.length), 0, { ...RIDER, used: riderUsed })
  let score = random.between(0.86, 0.93)
  return documents.map((document) => {
    score -= random.between(0.01, 0.06)
    return { ...document, score: Math.round(score * 1000) / 1000 }
  })
}
