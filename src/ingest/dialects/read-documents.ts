import type { RetrievedDocument } from '../../domain/span.ts'
import type { Attributes } from '../otlp/raw-span.ts'
import { numberAt, objectAt, payloadAt, textAt } from './attributes.ts'

/** Documents in what a retriever returned: a list, or an object that holds one. Where they have no id, their place is it. */
export function readDocuments(output: unknown): RetrievedDocument[] {
  return listIn(output).flatMap((item, index): RetrievedDocument[] => {
    if (item === null || typeof item !== 'object' || Array.isArray(item)) return []
    const document = item as Attributes
    const metadata = objectAt(document, 'metadata') ?? {}
    return [
      {
        id: textAt(document, 'id', 'document_id') ?? textAt(metadata, 'id', 'doc_uri', 'source') ?? `#${index + 1}`,
        title: textAt(document, 'title') ?? textAt(metadata, 'title'),
        score: numberAt(document, 'score') ?? numberAt(metadata, 'score', 'similarity'),
        content: payloadAt(document, 'content', 'text', 'page_content', 'pageContent'),
      },
    ]
  })
}

function listIn(output: unknown): unknown[] {
  if (Array.isArray(output)) return output
  if (output === null || typeof output !== 'object') return []
  const { documents, outputs, results } = output as Attributes
  return [documents, outputs, results].find(Array.isArray) ?? []
}
