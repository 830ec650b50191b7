import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = join(import.meta.dirname, 'page')
const PREACT = fileURLToPath(import.meta.resolve('htm/preact/standalone'))

export interface Asset {
  type: string
  body: string
}

const assets = new Map<string, Promise<Asset>>()

/** A file of the page, ready for a browser: types are stripped from TypeScript, nothing else is built. Null: no such file. */
export async function loadAsset(name: string): Promise<Asset | null> {
  if (!/^(?:[a-z0-9-]+\/)*[a-z0-9-]+\.(?:ts|css|js|html)$/.test(name)) return null
  if (!assets.has(name)) assets.set(name, readAsset(name))
  try {
    return await assets.get(name)!
  } catch (error) {
    assets.delete(name)
    if ((error as { code?: string }).code === 'ENOENT') return null
    throw error
  }
}

async function readAsset(name: string): Promise<Asset> {
  if (name === 'preact.js') return { type: 'text/javascript; charset=utf-8', body: await readFile(PREACT, 'utf8') }
  const text = await readFile(join(folder, name), 'utf8')
  if (name.endsWith('.ts'))
    return { type: 'text/javascript; charset=utf-8', body: stripTypeScriptTypes(text, { mode: 'strip' }) }
  return { type: name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/html; charset=utf-8', body: text }
}
