export type VendorType = 'contractor' | 'auto_shop' | 'rental' | 'legal' | 'engineer'

/** Invented vendors. */
export const VENDORS: Record<VendorType, readonly string[]> = {
  contractor: ['Brightwater Restoration', 'Fennimoor Roofing', 'Quillan Drying Services', 'Harrowgate Builders'],
  auto_shop: ['Pellworth Collision', 'Castelline Auto Glass', 'Old Mill Body Works'],
  rental: ['Ridgeholm Rentals', 'Tamarind Car Hire'],
  legal: ['Osmerton & Vale', 'Lindgate Counsel'],
  engineer: ['Stonebeck Engineering', 'Altamere Loss Surveys'],
}

export const SERVICES: Record<VendorType, readonly string[]> = {
  contractor: [
    'roof replacement, second instalment',
    'emergency drying, five days',
    'board-up and tarp',
    'debris removal',
  ],
  auto_shop: ['bumper and tailgate', 'windshield with calibration', 'radiator and hood'],
  rental: ['compact car, nine days', 'van, four days'],
  legal: ['coverage opinion', 'deposition and travel'],
  engineer: ['roof inspection with report', 'cause and origin survey'],
}

export interface InvoiceReason {
  reason: string
  rule: string | null
  agentDecision: 'hold' | 'pay'
  humanDecision: 'pay' | 'hold' | 'pay_in_part'
}

export const INVOICE_REASONS: readonly InvoiceReason[] = [
  {
    reason: 'Purchase order was split in two after the quote; both together match.',
    rule: 'AP-2',
    agentDecision: 'hold',
    humanDecision: 'pay',
  },
  {
    reason: 'Sales tax was charged although the work is exempt in this state; pay the net amount.',
    rule: 'AP-5',
    agentDecision: 'pay',
    humanDecision: 'pay_in_part',
  },
  {
    reason: 'Second invoice for the same tow; the first was paid on account.',
    rule: 'AP-3',
    agentDecision: 'pay',
    humanDecision: 'hold',
  },
  {
    reason: 'Vendor changed its bank; details were confirmed by phone on the known number.',
    rule: 'AP-9',
    agentDecision: 'hold',
    humanDecision: 'pay',
  },
  {
    reason: 'Hours beyond the estimate were agreed by e-mail with the adjuster.',
    rule: 'AP-4',
    agentDecision: 'hold',
    humanDecision: 'pay',
  },
]

/** The one decision of its kind: the tour asks whether it happened before, who decided it, and why. */
export const SURCHARGE_DECISION: InvoiceReason = {
  reason:
    'The 6 % storm surcharge was agreed in the Brightwater framework of March for weeks with a catastrophe notice. The purchase order was raised before the notice, so the mismatch is expected: pay up to 8 % above the order without a new approval.',
  rule: 'AP-7',
  agentDecision: 'hold',
  humanDecision: 'pay',
}
