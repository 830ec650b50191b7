import { registerHooks } from 'node:module'

/**
 * Node reads a package's package.json for each file that imports from it, and again for each file of its own. That of
 * drizzle has 180 kB and hundreds of files to do it for, which was half of the time that a start took. Called before
 * anything is imported from there.
 */
export function resolveDrizzleOnce(): void {
  const known = new Map<string, string>()
  registerHooks({
    resolve(specifier, context, next) {
      const isWithin = specifier.startsWith('.') && context.parentURL?.includes('/node_modules/drizzle-orm/')
      if (!isWithin && !/^drizzle-orm(\/|$)/.test(specifier)) return next(specifier, context)
      // All files that may import it lie in one project, so a name means the same wherever it is written.
      const url = isWithin
        ? new URL(specifier, context.parentURL).href
        : (known.get(specifier) ?? next(specifier, context).url)
      if (!url.endsWith('.js')) return next(specifier, context)
      if (!isWithin) known.set(specifier, url)
      return { url, format: 'module', shortCircuit: true }
    },
  })
}
