import type { Block } from '../../../domain/answer.ts'
import { addDays, dateIn } from '../../../domain/period.ts'
import { escapeWithin } from '../../../narration/escape-mrkdwn.ts'
import { formatDay } from '../../../narration/format-dates.ts'
import { deleteShiftMute, putShiftMute } from '../../../store/queries/shift-mutes.ts'
import { type Click, onClick } from '../../action-context.ts'
import { MUTE_WEEKS, muteButton } from '../../blocks/shift-message.ts'
import type { BlockActionArgs, SlackDependencies } from '../../dependencies.ts'
import { ACTIONS } from '../../ids.ts'
import { type ButtonSpec, button, section } from '../../message.ts'

const DAY_MILLISECONDS = 86_400_000

/** No more notices about a workflow for some weeks; shifts are still written down. The button then takes it back. */
export const onMuteShifts = (deps: SlackDependencies) =>
  onClick(deps, 'mute the workflow', async (click, args) => {
    const workflow = click.value
    const now = deps.clock()
    const until = new Date(now.getTime() + MUTE_WEEKS * 7 * DAY_MILLISECONDS)
    await putShiftMute(deps.db, { workflow, until, mutedBy: click.user, mutedAt: now })
    await swapButton(args, click, ACTIONS.muteShifts, {
      label: 'Unmute',
      actionId: ACTIONS.unmuteShifts,
      value: workflow,
    })
    const today = dateIn(now, 'UTC')
    const text = `${escapeWithin(workflow, 200)} is muted until ${formatDay(addDays(today, 7 * MUTE_WEEKS), today)}: its shifts are written down, and nobody is told. Muted by <@${click.user}>.`
    await click.conversation.say({ text, blocks: [section(text)] })
  })

export const onUnmuteShifts = (deps: SlackDependencies) =>
  onClick(deps, 'unmute the workflow', async (click, args) => {
    await deleteShiftMute(deps.db, click.value)
    await swapButton(args, click, ACTIONS.unmuteShifts, muteButton(click.value))
    const text = `${escapeWithin(click.value, 200)} is watched again. Unmuted by <@${click.user}>.`
    await click.conversation.say({ text, blocks: [section(text)] })
  })

async function swapButton(
  { client }: BlockActionArgs,
  click: Click,
  actionId: string,
  instead: ButtonSpec,
): Promise<void> {
  if (click.messageTs === null) return
  const blocks = click.messageBlocks.map((block): Block => {
    const elements = block.elements as { action_id?: string }[] | undefined
    if (!elements?.some((element) => element.action_id === actionId)) return block
    return {
      ...block,
      elements: elements.map((element) => (element.action_id === actionId ? button(instead) : element)),
    }
  })
  await client.chat.update({ channel: click.channel, ts: click.messageTs, text: click.messageText, blocks })
}
