import type { MemoryHit, MemoryKind } from '../domain/memory-entry.ts'
import type { Embedder } from '../llm/embedder.ts'
import type { Db } from '../store/client.ts'
import { analyseMemoryQuery } from '../store/queries/analyse-memory-query.ts'
import { readEmbeddingCoverage } from '../store/queries/embedding-coverage.ts'
import { likenessOfEntries, listNearestEntries } from '../store/queries/memory-embeddings.ts'
import { listWordsWithStem, loadMemoryEntries } from '../store/queries/memory-entries.ts'
import type { MemoryFilter } from '../store/queries/memory-filter.ts'
import { listNewestEntries } from '../store/queries/rank-memory-entries.ts'
import { EXACT_WORD, IDENTIFIER } from '../store/queries/search-words.ts'
import { embedQuestion } from './embed-question.ts'
import { fuseScores, type Scored } from './fuse-scores.ts'
import { makeSnippet, wordsOf } from './make-snippet.ts'
import { rankEntries } from './rank-entries.ts'
import { restoreOutcomes } from './restore-outcomes.ts'
import { type WeighedTerm, weighTerms } from './weigh-terms.ts'

export interface MemorySearch extends Omit<MemoryFilter, 'kinds'> {
  /** What is looked for. Empty: the newest entries that pass the filters. */
  text: string
  /** `decision` finds what was saved as a decision, whether a message or a whole thread. */
  kind?: MemoryKind | readonly MemoryKind[] | undefined
  /** Most hits. */
  limit: number
  /** Whose vectors are fused with the words; the model's vectors are those that indexing stored. */
  embed?: Embedder | null | undefined
}

/**
 * Vectors of an embedder that knows spelling tip the balance between entries of which words think alike (CACM's nDCG@10 .536
 * without, .537 at .05, .542 at .1, .547 at .2; recall@5 over the demo's questions .912, .905, .903, .902); those of one that
 * knows meaning count as words do.
 */
const LEXICAL_WEIGHT = 0.1
const SEMANTIC_WEIGHT = 1
/** Words of English whose stem does not begin with their first two letters. Of others only those that may match are stemmed. */
const IRREGULAR = new Set(['dying', 'lying', 'tying'])
/** Entries that words rank before vectors reorder them; near-ties far down are of no interest. */
const FUSED = { lexical: 50, semantic: 200 }

/**
 * Memory entries in the order of how well they answer: those that have an identifier which the text names come first;
 * then BM25 over words, fused with vectors; of equals the newer. Scores compare within one answer.
 */
export async function searchMemory(db: Db, search: MemorySearch): Promise<MemoryHit[]> {
  const { text: _text, kind, limit: _limit, embed: _embed, ...rest } = search
  const filter: MemoryFilter = { ...rest, kinds: kindsOf(kind) }
  if (search.text.trim() === '') {
    const newest = await listNewestEntries(db, filter, search.limit)
    return toHits(
      db,
      newest.map((number) => ({ number, score: 0 })),
      [],
      filter,
    )
  }
  const query = weighTerms(await analyseMemoryQuery(db, search.text))
  const embed = search.embed && (await canSearchBy(db, search.embed)) ? search.embed : null
  const vector = embed && (await embedQuestion(embed, search.text, query.rarity))
  const fused = embed && vector ? (embed.lexical ? FUSED.lexical : FUSED.semantic) : 0
  const ranked = await rankEntries(db, query, filter, Math.max(search.limit, fused))
  const inOrder =
    embed && vector
      ? await fuse(db, embed, vector, filter, new Map(ranked.map((entry) => [entry.number, entry])))
      : ranked
  return toHits(db, inOrder.slice(0, search.limit), stemsOf(query.terms), filter)
}

function kindsOf(kind: MemorySearch['kind']): readonly MemoryKind[] | undefined {
  if (kind === undefined) return undefined
  const kinds = typeof kind === 'string' ? [kind] : kind
  return kinds.includes('decision') ? [...kinds, 'thread'] : kinds
}

/** While a model is filled in, most entries that it should find have no vector yet: until then words alone are fairer. */
async function canSearchBy(db: Db, embed: Embedder): Promise<boolean> {
  return embed.lexical || (await readEmbeddingCoverage(db, embed.model)).isFilled
}

/** The words' ranking, reordered and (where the embedder knows meaning) completed by the vectors. */
async function fuse(db: Db, embed: Embedder, vector: number[], filter: MemoryFilter, words: Map<number, Scored>) {
  const likeness = embed.lexical
    ? await likenessOfEntries(db, embed.model, vector, [...words.keys()])
    : new Map([
        ...(await likenessOfEntries(db, embed.model, vector, [...words.keys()])),
        ...(await listNearestEntries(db, embed, vector, filter, FUSED.semantic)),
      ])
  const fused = fuseScores(words, likeness, embed.lexical ? LEXICAL_WEIGHT : SEMANTIC_WEIGHT)
  // The sort is stable and the words' ranking comes first, so that of equals the newer stays ahead.
  return [...fused]
    .map(([number, scored]) => ({ number, ...scored }))
    .sort((a, b) => b.exact - a.exact || Number((b.score - a.score).toFixed(6)))
}

/** The stems that a snippet highlights: the terms that were searched for, and the parts of identifiers. */
function stemsOf(terms: readonly WeighedTerm[]): string[] {
  const stems = terms.flatMap(({ term, isIdentifier }) => {
    if (isIdentifier) return term.slice(IDENTIFIER.length).split(/[^\p{L}\p{N}]+/u)
    return term.startsWith(EXACT_WORD) ? [] : [term]
  })
  return [...new Set(stems)]
}

async function toHits(
  db: Db,
  ranked: { number: number; score: number }[],
  stems: string[],
  filter: MemoryFilter,
): Promise<MemoryHit[]> {
  const entries = await loadMemoryEntries(
    db,
    ranked.map(({ number }) => number),
  )
  if (filter.asOf || filter.knownAt) await restoreOutcomes(db, [...entries.values()], filter)
  const words = new Set([...entries.values()].flatMap((entry) => wordsOf(entry.text)))
  const beginnings = new Set(stems.map((stem) => stem.slice(0, 2)))
  const likely = [...words].filter((word) => beginnings.has(word.slice(0, 2)) || IRREGULAR.has(word))
  const matching = await listWordsWithStem(db, likely, stems)
  return ranked.flatMap(({ number, score }) => {
    const entry = entries.get(number)
    return entry ? [{ entry, score: Number(score.toFixed(6)), snippet: makeSnippet(entry.text, matching) }] : []
  })
}
