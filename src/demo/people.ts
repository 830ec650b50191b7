/** Invented people of an invented insurer, Larkmoor Mutual. Dana Okafor is also a person of the playground. */
export const ADJUSTERS = [
  'Dana Okafor',
  'Marcus Oyelaran',
  'Priya Ramanathan',
  'Tomas Lindqvist',
  'Kate Brannigan',
] as const
export const SUPPORT_LEADS = ['Abby Nakashima', 'Rob Tellerman', 'Ines Carvalheira'] as const
export const PAYABLES_CLERKS = ['Helen Brandtner', 'Joao Pirelsky'] as const
/** Decided the invoice that the tour looks for. */
export const PAYABLES_LEAD = 'Helen Brandtner'
