export type Product = 'home' | 'auto' | 'travel' | 'billing'

export interface Question {
  product: Product
  /** What the policyholder wants. */
  topic: string
  text: string
  answer: string
  article: { id: string; title: string }
}

export const QUESTIONS: readonly Question[] = [
  {
    product: 'home',
    topic: 'deductible',
    text: 'Why is my wind and hail deductible a percentage, and of what?',
    answer: 'It is a share of the dwelling limit; we worked it out for the current term.',
    article: { id: 'kb-112', title: 'Percentage deductibles for wind and hail' },
  },
  {
    product: 'home',
    topic: 'mortgagee change',
    text: 'Our loan was sold. Can you put the new lender on the policy before the 1st?',
    answer: 'Lender changed as of today; evidence of insurance sent to both.',
    article: { id: 'kb-130', title: 'Changing the mortgagee' },
  },
  {
    product: 'home',
    topic: 'solar panels',
    text: 'We had solar panels installed on the roof. Are they insured as they are?',
    answer: 'Roof-mounted panels count as dwelling; limit checked and left as it is.',
    article: { id: 'kb-147', title: 'Solar panels and the dwelling limit' },
  },
  {
    product: 'auto',
    topic: 'proof of insurance',
    text: 'The DMV asks for proof of insurance for last month, not this one.',
    answer: 'Sent the card for the earlier term and how to upload it.',
    article: { id: 'kb-204', title: 'Proof of insurance for a past term' },
  },
  {
    product: 'auto',
    topic: 'new driver',
    text: 'My daughter got her permit. From which day must she be on the policy?',
    answer: 'From the day of the licence; a permit holder is covered meanwhile. Quote attached.',
    article: { id: 'kb-211', title: 'Adding a young driver' },
  },
  {
    product: 'auto',
    topic: 'rental cover',
    text: 'Does my cover go along to a rental car in Canada?',
    answer: 'Yes, as on your own car; the Canadian card is attached.',
    article: { id: 'kb-219', title: 'Rental cars at home and abroad' },
  },
  {
    product: 'auto',
    topic: 'total loss',
    text: 'How did you arrive at the value of my car? Dealers ask more.',
    answer: 'Explained the three comparables and how to send others.',
    article: { id: 'kb-225', title: 'How we value a total loss' },
  },
  {
    product: 'travel',
    topic: 'pre-existing condition',
    text: 'I bought cover ten days after the first deposit. Is my heart condition included?',
    answer: 'Yes, within the 14 days of the waiver; confirmation attached.',
    article: { id: 'kb-301', title: 'The waiver for known conditions' },
  },
  {
    product: 'travel',
    topic: 'extend trip',
    text: 'We stay a week longer. Can I extend from abroad?',
    answer: 'Extended by seven days, price charged to the card on file.',
    article: { id: 'kb-309', title: 'Extending a trip under way' },
  },
  {
    product: 'billing',
    topic: 'double charge',
    text: 'I was charged twice this month.',
    answer: 'One is a reservation that lapses in three days; nothing was taken twice.',
    article: { id: 'kb-402', title: 'Reservations and charges' },
  },
  {
    product: 'billing',
    topic: 'autopay',
    text: 'Autopay failed because my card was replaced. Is my policy at risk?',
    answer: 'No: ten days of grace. New card taken, payment retried.',
    article: { id: 'kb-408', title: 'When autopay fails' },
  },
  {
    product: 'billing',
    topic: 'refund',
    text: 'I cancelled on the 3rd and have not seen a refund.',
    answer: 'Pro-rata refund issued; it shows within five business days.',
    article: { id: 'kb-415', title: 'Refunds after cancellation' },
  },
]

export interface TicketReason {
  reason: string
  rule: string | null
  humanDecision: 'send_other_answer' | 'call_back'
}

export const TICKET_REASONS: readonly TicketReason[] = [
  {
    reason: 'Answer was right but cold: the letter came after a death in the family. Called instead.',
    rule: null,
    humanDecision: 'call_back',
  },
  {
    reason: 'Quoted the article for last year; the grace period is ten days now, not five.',
    rule: 'SV-2',
    humanDecision: 'send_other_answer',
  },
  {
    reason: 'Customer asked about the rider, not about the deductible.',
    rule: null,
    humanDecision: 'send_other_answer',
  },
  { reason: 'Florida has its own notice wording for this.', rule: 'SV-6', humanDecision: 'send_other_answer' },
  { reason: 'Third message on the same question: a call settles it faster.', rule: 'SV-9', humanDecision: 'call_back' },
  {
    reason: 'Reply went out in English to a Spanish-speaking household.',
    rule: 'SV-4',
    humanDecision: 'send_other_answer',
  },
]
