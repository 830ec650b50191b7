import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

const require = createRequire(import.meta.url)
const packageFolder = join(dirname(require.resolve('@sparticuz/chromium')), '..')

/**
 * A headless browser from the package itself: nothing is installed. Where the system lacks the libraries that it links to
 * (NSS and the like), those that the package carries are unpacked and used.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await chromium.executablePath()
  return playwright.launch({
    executablePath,
    // In one process the browser would end with the first page that is closed.
    args: chromium.args.filter((argument) => argument !== '--single-process'),
    headless: true,
    env: { ...process.env, ...libraryPath(executablePath) },
  })
}

function libraryPath(executable: string): Record<string, string> {
  if (!misses(executable, {})) return {}
  const folder = unpackLibraries()
  const path = { LD_LIBRARY_PATH: [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') }
  const missing = misses(executable, path)
  if (missing)
    throw new Error(
      `The test browser cannot start here; it lacks ${missing}. On Debian: apt-get install libnss3 libexpat1`,
    )
  return path
}

/** The shared libraries that cannot be found, or an empty string. */
function misses(executable: string, extra: Record<string, string>): string {
  const listing = execFileSync('ldd', [executable], { encoding: 'utf8', env: { ...process.env, ...extra } })
  return [...listing.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]).join(', ')
}

function unpackLibraries(): string {
  const folder = join(tmpdir(), 'docket-browser-libraries')
  if (existsSync(folder)) return folder
  const partial = mkdtempSync(`${folder}-`)
  const archive = join(partial, 'libraries.tar')
  writeFileSync(archive, brotliDecompressSync(readFileSync(join(packageFolder, 'bin', 'al2023.tar.br'))))
  mkdirSync(join(partial, 'unpacked'))
  execFileSync('tar', ['-xf', archive, '-C', join(partial, 'unpacked')])
  // Renamed when whole: another test process never sees half of it.
  try {
    renameSync(join(partial, 'unpacked'), folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
  rmSync(partial, { recursive: true, force: true })
  return folder
}
