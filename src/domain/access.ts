import { z } from 'zod'

export const Scope = z.enum(['ingest', 'read', 'admin'])
export type Scope = z.infer<typeof Scope>
export const ALL_SCOPES: readonly Scope[] = Scope.options
