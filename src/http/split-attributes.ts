import { HttpError } from './http-error.ts'

const ATTRIBUTE_PREFIX = 'attr.'

/**
 * A query's `attr.NAME=VALUE` apart from its other parameters. An empty parameter is an absent one, since a form sends all its
 * fields; one that is given twice is refused with `nextStep`.
 */
export function splitAttributes(
  query: Record<string, unknown>,
  nextStep: string,
): { attributes: Record<string, string>; rest: Record<string, unknown> } {
  const attributes: Record<string, string> = {}
  const rest: Record<string, unknown> = {}
  for (const [parameter, value] of Object.entries(query)) {
    if (Array.isArray(value)) {
      throw new HttpError(400, 'bad_query', `${parameter} is given more than once.`, nextStep, parameter)
    }
    if (value === '') continue
    if (parameter.startsWith(ATTRIBUTE_PREFIX)) attributes[parameter.slice(ATTRIBUTE_PREFIX.length)] = String(value)
    else rest[parameter] = value
  }
  return { attributes, rest }
}
