/** Every id by which Slack calls back. The playground and the manifest test read them from here too. */
export const COMMANDS = { docket: '/docket', override: '/override' } as const

export const SHORTCUTS = { recordOverride: 'record_override', saveDecision: 'save_decision' } as const

export const VIEWS = {
  override: 'override_form',
  decision: 'decision_form',
  workflow: 'workflow_form',
  rule: 'rule_form',
  retireRule: 'retire_rule_form',
  price: 'price_form',
  repricing: 'repricing_form',
} as const

export const ACTIONS = {
  showTraces: 'show_traces',
  explainFurther: 'explain_further',
  /** Followed by a number: ids of one block must differ. */
  askFollowUp: 'ask_follow_up_',
  openOverrideForm: 'open_override_form',
  feedback: 'answer_feedback',
  share: 'share_to_channel',
  showSimilar: 'show_similar_overrides',
  editWorkflow: 'edit_workflow',
  /** Alone, or followed by `_` and a number where a message has several: a used one is replaced by who used it. */
  openRuleForm: 'open_rule_form',
  openRetireForm: 'open_retire_form',
  explainShift: 'explain_shift',
  muteShifts: 'mute_shifts',
  unmuteShifts: 'unmute_shifts',
  openPriceForm: 'open_price_form',
  /** Each followed by `_` and a number: a message has several. */
  confirmCandidate: 'confirm_candidate',
  dismissCandidate: 'dismiss_candidate',
  openRepricingForm: 'open_repricing_form',
} as const

/** Block ids of inputs, under which a form's values and errors are filed. */
export const INPUTS = {
  workItem: 'work_item',
  agentDecision: 'agent_decision',
  humanDecision: 'human_decision',
  reason: 'reason',
  rule: 'rule',
  minutes: 'minutes',
  title: 'title',
  text: 'text',
  workflow: 'workflow',
  unit: 'unit',
  owners: 'owners',
  channel: 'channel',
  baselineKind: 'baseline_kind',
  costPerUnit: 'cost_per_unit',
  reworkShare: 'rework_share',
  slaCostPerUnit: 'sla_cost_per_unit',
  minutesPerUnit: 'minutes_per_unit',
  hourlyRate: 'hourly_rate',
  valuePerUnit: 'value_per_unit',
  correctionHourlyRate: 'correction_hourly_rate',
  budgetAmount: 'budget_amount',
  budgetPeriod: 'budget_period',
  dimensions: 'dimensions',
  exceptionTo: 'exception_to',
  validFrom: 'valid_from',
  model: 'model',
  inputPrice: 'input_price',
  cachedInputPrice: 'cached_input_price',
  cacheWritePrice: 'cache_write_price',
  outputPrice: 'output_price',
  reasoningPrice: 'reasoning_price',
  serviceTier: 'service_tier',
  provider: 'provider',
  lastDay: 'last_day',
  priceAgain: 'price_again',
} as const

/** The one element of each input block. */
export const INPUT_ELEMENT = 'value'
/** Context block that says who used which button. */
export const USED_BLOCK = 'used_buttons'
