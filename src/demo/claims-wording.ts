/** What happened, and how an adjuster would write it up. `{place}` and `{amount}` are filled in. */
export interface Loss {
  policyType: 'home' | 'auto' | 'travel'
  peril: string
  report: readonly string[]
  approve: readonly string[]
  /** What the agent says where it is wrong. */
  deny: readonly string[]
  rules: readonly string[]
  /** Median of the amount claimed, in dollars. */
  amount: number
}

export interface AdjusterReason {
  reason: string
  /** Where it is said of one kind of loss only. */
  peril?: string
  rule: string | null
  humanDecision: 'approve' | 'deny' | 'partial'
}

export const HAIL: Loss = {
  policyType: 'home',
  peril: 'hail',
  report: [
    'Hail of about {size} inches in {place}; shingles bruised on the south and west slopes, gutters dented.',
    'Roof leaks over the upstairs bedroom after the hailstorm in {place}. Contractor estimates {amount}.',
    'Hail damage to roof and two skylights in {place}, reported with photos and a contractor estimate of {amount}.',
    'Hail over the whole neighbourhood in {place}; policyholder asks for roof replacement, {amount}.',
  ],
  approve: [
    'Endorsement HR-12 is on the declarations page and covers hail damage to roof surfacing; {amount} is within the limit after the wind and hail deductible.',
    'HR-12 applies: granule loss with fractured mat is functional damage under the rider. Payable {amount} less deductible.',
    'Weather report confirms hail at the address on the date of loss. HR-12 replaces exclusion 6 of the base wording, so the roof is covered for {amount}.',
  ],
  deny: [
    'Section I, exclusion 6 leaves out cosmetic damage to roof surfacing, and the exception form names earlier wear. Nothing payable.',
    'The exception form lists the roof as worn before the loss; the base wording excludes wear and cosmetic hail damage. Deny {amount}.',
    'Roof surfacing older than 15 years is excluded by the base wording for hail. Claim of {amount} is not covered.',
    'Photos show bruised shingles without puncture, which the base wording calls cosmetic and excludes.',
  ],
  rules: ['HR-12'],
  amount: 14_800,
}

export const OTHER_LOSSES: readonly Loss[] = [
  {
    policyType: 'home',
    peril: 'water',
    report: [
      'Supply line under the kitchen sink burst in {place}; cabinets and subfloor wet. Mitigation invoice {amount}.',
      'Washing machine hose failed while the family was away; ceiling below came down. {amount}.',
    ],
    approve: [
      'Sudden discharge from plumbing is covered under WS-3; mitigation started within 24 hours. Pay {amount} less deductible.',
      'WS-3 met: discharge was sudden and hidden. Drying logs support {amount}.',
    ],
    deny: ['The moisture map suggests seepage over weeks, which WS-3 excludes. Nothing payable.'],
    rules: ['WS-3'],
    amount: 7_900,
  },
  {
    policyType: 'home',
    peril: 'wind',
    report: [
      'Windstorm in {place} lifted shingles and took the fence. Claimed: {amount}.',
      'Oak limb fell on the garage in {place} during the storm, {amount}.',
    ],
    approve: [
      'Gusts above 60 mph on the date of loss; opening made by wind, so interior damage follows. Pay {amount} less deductible.',
      'Falling object caused by windstorm, covered under section I. Debris removal is within the limit.',
    ],
    deny: ['Wind speeds at the nearest station stay below the threshold of the wording; damage looks like wear.'],
    rules: ['RS-3'],
    amount: 6_200,
  },
  {
    policyType: 'home',
    peril: 'fire',
    report: ['Grease fire in {place}; smoke through the ground floor, kitchen cabinets charred. {amount}.'],
    approve: ['Cause-and-origin note names the stove; FR-2 covers fire and smoke. Contents list supports {amount}.'],
    deny: ['Contents list has no receipts above the sublimit for electronics; {amount} not supported.'],
    rules: ['FR-2'],
    amount: 21_500,
  },
  {
    policyType: 'auto',
    peril: 'collision',
    report: [
      'Rear-ended at a light in {place}; bumper and tailgate, drivable. Shop estimate {amount}.',
      'Side swipe in a parking lot in {place}, other driver left. {amount}.',
      'Deer strike on a county road near {place}; hood, grille and radiator, {amount}.',
    ],
    approve: [
      'Collision cover in force, estimate matches the photos; pay {amount} less deductible under AU-5.',
      'Comprehensive covers the animal strike. Parts priced at regional average; {amount} is fair.',
      'Liability is clear from the report; recover from the other carrier after paying {amount}.',
    ],
    deny: [
      'Date of loss falls after the cancellation notice; no cover in force.',
      'Driver is excluded by name on the policy.',
    ],
    rules: ['AU-5'],
    amount: 3_600,
  },
  {
    policyType: 'auto',
    peril: 'glass',
    report: ['Stone chip spread across the windshield near {place}; replacement with camera calibration {amount}.'],
    approve: ['Glass cover without deductible applies (AU-9); calibration is part of the repair. Pay {amount}.'],
    deny: ['Glass option was removed at the last renewal; comprehensive deductible exceeds {amount}.'],
    rules: ['AU-9'],
    amount: 780,
  },
  {
    policyType: 'travel',
    peril: 'cancellation',
    report: [
      'Trip cancelled four days before departure, doctor advised against flying. Non-refundable part {amount}.',
      'Missed connection because of a mechanical delay; new ticket and hotel, {amount}.',
    ],
    approve: [
      'Medical certificate dated before departure; TR-4 covers the non-refundable part, {amount}.',
      'Carrier confirms a delay above six hours; TR-4 pays the extra cost of {amount}.',
    ],
    deny: ['Certificate was issued after departure, so TR-4 is not met as filed.'],
    rules: ['TR-4'],
    amount: 1_350,
  },
  {
    policyType: 'travel',
    peril: 'baggage',
    report: ['Checked bag arrived three days late; clothing and toiletries bought meanwhile, {amount}.'],
    approve: ['Airline report confirms the delay; TR-6 pays essentials up to the daily limit, {amount}.'],
    deny: ['No property irregularity report on file; TR-6 asks for one.'],
    rules: ['TR-6'],
    amount: 420,
  },
]

/** Why adjusters overruled the agent where it ignored the hail rider. One reason, said by several people. */
export const HAIL_REASONS: readonly string[] = [
  'Hail rider applies. It was retrieved but not used; HR-12 covers roof surfacing.',
  'Hail rider HR-12 is on the declarations page and takes the place of exclusion 6. The agent read the base wording only.',
  'The agent had the hail rider in its documents and ignored it. HR-12 pays functional hail damage.',
  'Hail rider was retrieved but not used: denied under the base exclusion although HR-12 was endorsed at renewal.',
  'HR-12 applies, same as the last ones: hail rider in the file, not in the reasoning.',
  'Hail rider HR-12 not applied. Wear noted on the exception form does not matter once the rider is endorsed.',
  'Fractured mat on three test squares is functional damage; the hail rider (HR-12) covers it and was not used.',
  'Roof age is no bar under the hail rider. HR-12 was retrieved and left unread.',
]

/** Other corrections of home claims with exception documents. */
export const EXCEPTION_REASONS: readonly AdjusterReason[] = [
  {
    reason:
      'Exception form EX-4 is from the seller, before our policy began; prior condition does not bind our insured.',
    rule: 'EX-4',
    humanDecision: 'approve',
  },
  {
    reason: 'Depreciation was taken twice, once by the contractor and once by us.',
    rule: 'DP-2',
    humanDecision: 'approve',
  },
  {
    reason: 'Roof schedule pays actual cash value here, so part of the claim stands.',
    rule: 'RS-3',
    humanDecision: 'partial',
  },
  {
    reason: 'Second exception form replaces the first; the agent quoted the withdrawn one.',
    rule: 'EX-4',
    humanDecision: 'approve',
  },
  {
    reason: 'Interior water damage follows the storm opening, even if the shingles themselves are not payable.',
    rule: 'WS-3',
    humanDecision: 'partial',
  },
  {
    reason: 'Engineer report on page 9 answers the question of wear; it was not read.',
    rule: null,
    humanDecision: 'approve',
  },
]

/** Corrections of all other claims. */
export const ORDINARY_REASONS: Record<Loss['policyType'], readonly AdjusterReason[]> = {
  home: [
    {
      peril: 'water',
      reason: 'Long-term seepage: the plumber wrote of mould older than a year. Should not have been paid.',
      rule: 'WS-3',
      humanDecision: 'deny',
    },
    { reason: 'Same damage was paid in spring and not repaired since.', rule: null, humanDecision: 'deny' },
    {
      reason: 'Detached garage is insured on its own schedule; the agent looked at the dwelling only.',
      rule: 'RS-3',
      humanDecision: 'approve',
    },
  ],
  auto: [
    {
      reason: 'Cancellation notice was withdrawn the same day after payment; cover was in force.',
      rule: 'AU-5',
      humanDecision: 'approve',
    },
    {
      peril: 'collision',
      reason: 'Estimate holds a part for another model year; pay without it.',
      rule: 'AU-5',
      humanDecision: 'partial',
    },
    {
      peril: 'glass',
      reason: 'Calibration is required by the manufacturer, so it belongs to the glass repair.',
      rule: 'AU-9',
      humanDecision: 'approve',
    },
    { reason: 'Named driver exclusion was lifted by endorsement in spring.', rule: null, humanDecision: 'approve' },
  ],
  travel: [
    {
      peril: 'cancellation',
      reason: 'The doctor confirmed by phone that the first visit was before departure.',
      rule: 'TR-4',
      humanDecision: 'approve',
    },
    {
      peril: 'baggage',
      reason: 'The reference number in the airline e-mail counts as the irregularity report.',
      rule: 'TR-6',
      humanDecision: 'approve',
    },
    {
      peril: 'cancellation',
      reason: 'Voucher was accepted, so part of the fare is already made good.',
      rule: 'TR-4',
      humanDecision: 'partial',
    },
  ],
}

/** Right denials of hail claims: the rider was read. */
export const RIGHT_HAIL_DENIALS = [
  'HR-12 is endorsed, but the weather report shows no hail at the address within 30 days of the date of loss.',
  'HR-12 read: the loss of {amount} stays below the wind and hail deductible.',
  'Same roof was paid under HR-12 last spring and not replaced since; no new damage in the photos.',
] as const

/** What the check says when it does not let a decision pass. */
export const CHECK_FAILURES = {
  hail: [
    'Check not passed: the declarations page lists endorsement HR-12, the decision does not cite it.',
    'Check not passed: a listed endorsement is missing from the reasoning (HR-12).',
  ],
  other: [
    'Check not passed: the amount is above the sublimit that the decision cites.',
    'Check not passed: the date of loss in the decision differs from the report.',
    'Check not passed: an exception form in the file is not addressed.',
    'Check not passed: payee is not a party to the policy.',
  ],
} as const
