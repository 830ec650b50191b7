/** "What did we know when we approved it?": the item as it was known when it was decided. */
export const WHAT_WAS_KNOWN =
  /\bwhat (?:did|had|could) (?:we|you|i|they|people|\w+) (?:know|known|see|seen)\b.*\b(?:when|at the time|back then|before)\b|\bwhat was known\b|\bknown (?:at the time|back then|by then)\b/i
