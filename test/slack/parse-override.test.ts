import { assert, constantFrom, integer, option, property, record, string, stringMatching } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OVERRIDE_EXAMPLE, parseOverride } from '../../src/slack/parse-override.ts'

const decision = stringMatching(/^[a-z]{1,8}( [a-z]{1,6})?$/).filter((text) => !/because|rule|took/.test(text))
const DETERMINERS =
  /(^| )(a|an|the|this|that|these|those|our|their|its|his|her|my|no|any|each|every|which|what|another|one)$/i
const reason = stringMatching(/^[A-Za-z]{1,9}( [A-Za-z]{1,9}){0,6}$/).filter(
  (text) => !/because|rule|took|,$/i.test(text) && !DETERMINERS.test(text),
)

describe('one-line overrides', () => {
  it('reads the contract’s form, whatever the arrow, the time’s spelling and the order of rule and time', () => {
    assert(
      property(
        record({
          workItem: stringMatching(/^[a-z]{2,8}-[0-9]{1,6}$/),
          agentDecision: decision,
          humanDecision: decision,
          reason,
          rule: option(stringMatching(/^[A-Z]{1,3}-[0-9]{1,3}$/)),
          minutes: option(integer({ min: 0, max: 600 })),
        }),
        constantFrom('->', '→', '=>'),
        constantFrom<(minutes: number) => string>(
          (minutes) => `${minutes}m`,
          (minutes) => `${minutes} min`,
          (minutes) => `${minutes} minutes`,
          (minutes) => `${Math.floor(minutes / 60)}h ${minutes % 60}m`,
          (minutes) => `${Math.floor(minutes / 60)}h${minutes % 60}m`,
        ),
        constantFrom(true, false),
        (override, arrow, spell, ruleFirst) => {
          const rule = override.rule === null ? '' : ` rule ${override.rule}`
          const took = override.minutes === null ? '' : ` took ${spell(override.minutes)}`
          const line = `${override.workItem} ${override.agentDecision} ${arrow} ${override.humanDecision} because ${override.reason}${ruleFirst ? rule + took : took + rule}`
          expect(parseOverride(line)).toEqual({ form: 'complete', ...override })
        },
      ),
    )
  })

  it('answers anything at all, with a place inside the text where it cannot read it', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 120 }), (text) => {
        const parsed = parseOverride(text)
        if (parsed.form === 'unreadable') {
          expect(parsed.at).toBeGreaterThanOrEqual(0)
          expect(parsed.at).toBeLessThanOrEqual(text.length)
        }
      }),
    )
  })

  it('reads its own example', () => {
    expect(parseOverride(OVERRIDE_EXAMPLE.replace('/override ', ''))).toEqual({
      form: 'complete',
      workItem: 'claim-8841',
      agentDecision: 'deny',
      humanDecision: 'approve',
      reason: 'hail rider applies',
      rule: 'HR-12',
      minutes: 12,
    })
  })

  it('tells the empty form and the item form', () => {
    expect(parseOverride('  ')).toEqual({ form: 'empty' })
    expect(parseOverride(' claim-8841 ')).toEqual({ form: 'item', workItem: 'claim-8841' })
    expect(parseOverride('"claim 8841"')).toEqual({ form: 'item', workItem: 'claim 8841' })
  })

  it('keeps a rule that is part of the sentence in the reason', () => {
    expect(parseOverride('c-1 a -> b because of the rule change')).toMatchObject({
      reason: 'of the rule change',
      rule: null,
    })
    expect(parseOverride('c-1 a -> b because of the rule HR-12')).toMatchObject({
      reason: 'of the rule HR-12',
      rule: 'HR-12',
    })
    expect(parseOverride('c-1 a->b because it took 3 calls rule R7 took 1h')).toMatchObject({
      reason: 'it took 3 calls',
      rule: 'R7',
      minutes: 60,
    })
    expect(parseOverride('c-1 a -> b because rider applies rule "hail rider 12"')).toMatchObject({
      rule: 'hail rider 12',
    })
  })

  it.each([
    ['claim-1 deny approve because hail', 'no arrow', 21],
    ['claim-1 deny', 'no arrow', 12],
    ['claim-1 -> approve because hail', 'agent’s decision is missing', 8],
    ['claim-1 deny -> because hail', 'Your decision is missing', 15],
    ['claim-1 deny -> approve', 'The reason is missing', 23],
    ['claim-1 deny -> approve because', 'is empty', 31],
    ['claim-1 deny -> approve because hail took 12 parsecs', 'cannot read the time', 37],
    ['-> approve because hail', 'work item is missing', 0],
  ])('says what is wrong with “%s” and where', (line, message, at) => {
    const parsed = parseOverride(line)
    expect(parsed).toMatchObject({ form: 'unreadable', at })
    expect(parsed.form === 'unreadable' && parsed.message).toContain(message)
  })
})
