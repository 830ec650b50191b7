import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { localise } from '../../../src/analysis/why/localise.ts'
import { formatSegment } from '../../../src/analysis/why/segment.ts'
import { canonicalCause, listWhyCases } from '../../bench/why-cases.ts'

const directory = join(import.meta.dirname, '../../../../shared/data/localise')

describe.skipIf(!existsSync(directory))('localise on published kinds of cases', () => {
  test.each([
    ['S', '320151'],
    ['L', '877028'],
    ['RS', 'case1_0821_1741394221'],
  ])('%s %s', (set, name) => {
    const found = listWhyCases(join(directory, set)).find((one) => one.name === name)!
    const causes = localise(found.load()).segments.map(formatSegment)
    expect(causes.map(canonicalCause).toSorted()).toEqual(found.expected.map(canonicalCause).toSorted())
  })
})
