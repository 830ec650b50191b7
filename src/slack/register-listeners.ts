import type { App, BlockAction, MessageShortcut, ViewSubmitAction } from '@slack/bolt'
import type { SlackDependencies } from './dependencies.ts'
import { ACTIONS, COMMANDS, SHORTCUTS, VIEWS } from './ids.ts'
import { onAskFollowUp } from './listeners/actions/ask-follow-up.ts'
import { onEditWorkflow } from './listeners/actions/edit-workflow.ts'
import { onExplainFurther } from './listeners/actions/explain-further.ts'
import { onExplainShift } from './listeners/actions/explain-shift.ts'
import { onMuteShifts, onUnmuteShifts } from './listeners/actions/mute-shifts.ts'
import { onOpenOverrideForm } from './listeners/actions/open-override-form.ts'
import { onOpenPriceForm, onOpenRepricingForm } from './listeners/actions/open-price-form.ts'
import { onOpenRetireForm, onOpenRuleForm } from './listeners/actions/open-rule-form.ts'
import { onFeedback } from './listeners/actions/record-feedback.ts'
import { onConfirmCandidate, onDismissCandidate } from './listeners/actions/settle-candidate.ts'
import { onShare } from './listeners/actions/share-to-channel.ts'
import { onShowSimilar } from './listeners/actions/show-similar-overrides.ts'
import { onShowTraces } from './listeners/actions/show-traces.ts'
import { onDocketCommand } from './listeners/commands/docket-command.ts'
import { onOverrideCommand } from './listeners/commands/override-command.ts'
import { onAppHomeOpened } from './listeners/events/app-home-opened.ts'
import { onMention } from './listeners/events/app-mention.ts'
import { onMessage } from './listeners/events/message.ts'
import { onRecordOverrideShortcut } from './listeners/shortcuts/record-override.ts'
import { onSaveDecisionShortcut } from './listeners/shortcuts/save-decision.ts'
import { onSubmitDecision } from './listeners/views/submit-decision.ts'
import { onSubmitOverride } from './listeners/views/submit-override.ts'
import { onSubmitPrice } from './listeners/views/submit-price.ts'
import { onSubmitRepricing } from './listeners/views/submit-repricing.ts'
import { onSubmitRetirement, onSubmitRule } from './listeners/views/submit-rule.ts'
import { onSubmitWorkflow } from './listeners/views/submit-workflow.ts'
import { oncePerEvent } from './once-per-event.ts'

/** Everything that Docket listens to in Slack, at one glance. The manifest has an entry for each. */
export function registerListeners(app: App, deps: SlackDependencies): void {
  app.use(oncePerEvent(deps))

  app.event('app_mention', onMention(deps))
  app.event('message', onMessage(deps))
  app.event('app_home_opened', onAppHomeOpened(deps))

  app.command(COMMANDS.docket, onDocketCommand(deps))
  app.command(COMMANDS.override, onOverrideCommand(deps))

  app.shortcut<MessageShortcut>(SHORTCUTS.recordOverride, onRecordOverrideShortcut(deps))
  app.shortcut<MessageShortcut>(SHORTCUTS.saveDecision, onSaveDecisionShortcut(deps))

  app.view<ViewSubmitAction>(VIEWS.override, onSubmitOverride(deps))
  app.view<ViewSubmitAction>(VIEWS.decision, onSubmitDecision(deps))
  app.view<ViewSubmitAction>(VIEWS.workflow, onSubmitWorkflow(deps))
  app.view<ViewSubmitAction>(VIEWS.rule, onSubmitRule(deps))
  app.view<ViewSubmitAction>(VIEWS.retireRule, onSubmitRetirement(deps))
  app.view<ViewSubmitAction>(VIEWS.price, onSubmitPrice(deps))
  app.view<ViewSubmitAction>(VIEWS.repricing, onSubmitRepricing(deps))

  app.action<BlockAction>(ACTIONS.showTraces, onShowTraces(deps))
  app.action<BlockAction>(ACTIONS.explainFurther, onExplainFurther(deps))
  app.action<BlockAction>(new RegExp(`^${ACTIONS.askFollowUp}\\d$`), onAskFollowUp(deps))
  app.action<BlockAction>(ACTIONS.openOverrideForm, onOpenOverrideForm(deps))
  app.action<BlockAction>(ACTIONS.feedback, onFeedback(deps))
  app.action<BlockAction>(ACTIONS.share, onShare(deps))
  app.action<BlockAction>(ACTIONS.showSimilar, onShowSimilar(deps))
  app.action<BlockAction>(ACTIONS.editWorkflow, onEditWorkflow(deps))
  app.action<BlockAction>(new RegExp(`^${ACTIONS.openRuleForm}(_\\d+)?$`), onOpenRuleForm(deps))
  app.action<BlockAction>(ACTIONS.openRetireForm, onOpenRetireForm(deps))
  app.action<BlockAction>(new RegExp(`^${ACTIONS.openPriceForm}(_\\d+)?$`), onOpenPriceForm(deps))
  app.action<BlockAction>(new RegExp(`^${ACTIONS.confirmCandidate}_\\d+$`), onConfirmCandidate(deps))
  app.action<BlockAction>(new RegExp(`^${ACTIONS.dismissCandidate}_\\d+$`), onDismissCandidate(deps))
  app.action<BlockAction>(ACTIONS.openRepricingForm, onOpenRepricingForm(deps))
  app.action<BlockAction>(ACTIONS.explainShift, onExplainShift(deps))
  app.action<BlockAction>(ACTIONS.muteShifts, onMuteShifts(deps))
  app.action<BlockAction>(ACTIONS.unmuteShifts, onUnmuteShifts(deps))
}
