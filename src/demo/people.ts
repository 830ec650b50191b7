/** Invented people of an invented insurer, Larkmoor Mutual. */
export const ADJUSTERS = [
  'Dana Whitlock',
  'Marcus Oyelaran',
  'Priya Ramanathan',
  'Tomas Lindqvist',
  'Kate Brannigan',
] as const
export const SUPPORT_LEADS = ['Abby Nakashima', 'Rob Tellerman', 'Ines Carvalheira'] as const
export const PAYABLES_CLERKS = ['Helen Brandtner', 'Joao Pirelsky'] as const
export const CLAIMS_LEAD = 'Dana Whitlock'
/** Decided the invoice that the tour looks for. */
export const PAYABLES_LEAD = 'Helen Brandtner'
