import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const path = fileURLToPath(new URL('../../slack-manifest.json', import.meta.url))

/** The parts of slack-manifest.json that the program itself reads. */
const Manifest = z.object({
  features: z.object({
    slash_commands: z.array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string() })),
    shortcuts: z.array(z.object({ type: z.string(), name: z.string(), callback_id: z.string() })),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
})

/** Commands, shortcuts and scopes as the manifest declares them: the playground offers the same. */
export async function readManifest() {
  const { features, oauth_config: oauth } = Manifest.parse(JSON.parse(await readFile(path, 'utf8')))
  return {
    commands: features.slash_commands.map((entry) => ({
      command: entry.command,
      description: entry.description,
      usageHint: entry.usage_hint,
    })),
    shortcuts: features.shortcuts.map((entry) => ({ callbackId: entry.callback_id, name: entry.name })),
    scopes: oauth.scopes.bot,
  }
}
