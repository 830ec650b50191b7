import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockDataFolder } from '../../src/store/lock-data-folder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-lock-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('keeps others out until it is released', async () => {
  const unlock = await lockDataFolder(folder)
  await expect(lockDataFolder(folder)).rejects.toMatchObject({
    code: 'data_folder_locked',
    message: expect.stringContaining(`process ${process.pid}`),
    nextStep: expect.stringContaining('DOCKET_DATA_DIR'),
  })
  await unlock()
  await (await lockDataFolder(folder))()
})

it('takes over the lock of a process that was killed', async () => {
  const child = spawn('sleep', ['60'])
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  await writeFile(join(folder, 'docket.pid'), JSON.stringify({ pid: child.pid, startTicks: '1' }))
  await (await lockDataFolder(folder))()
})

it('takes over the lock of a process whose id another one has now', async () => {
  await writeFile(join(folder, 'docket.pid'), JSON.stringify({ pid: process.pid, startTicks: '1' }))
  const unlock = await lockDataFolder(folder)
  expect(JSON.parse(await readFile(join(folder, 'docket.pid'), 'utf8')).startTicks).not.toBe('1')
  await unlock()
})

it('takes over an unreadable lock', async () => {
  await writeFile(join(folder, 'docket.pid'), 'half a li')
  await (await lockDataFolder(folder))()
})
