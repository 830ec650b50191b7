import { and, eq, sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import { slackAnswers } from '../schema/slack.ts'
import { findSlackAnswer, type StoredAnswer } from './slack-answers.ts'

/**
 * Explanations of changes that stand in a thread and were given after `since`, whose workflow has got facts of runs, outcomes or
 * corrections for their two periods after they were given, and after they were last looked at. Days are taken a little wide: a
 * time zone more or less only means to look in vain.
 */
export async function listAnswersWithLateData(db: Db, since: Date, limit: number): Promise<StoredAnswer[]> {
  const rows = await selectRows<{ id: string }>(
    db,
    sql`select said.id from (
        select id, created_at, coalesce(revisited_at, created_at) as seen, answer -> 'plan' ->> 'workflow' as workflow,
          (answer -> 'plan' -> 'period' ->> 'to')::date + interval '1 day' as until,
          least((answer -> 'plan' -> 'period' ->> 'from')::date, (answer -> 'plan' -> 'comparison' ->> 'from')::date)
            - interval '1 day' as since
        from slack_answers
        where kind = 'answer' and not is_revised and thread_ts is not null and created_at >= ${since.toISOString()}::timestamptz
          and answer -> 'plan' ->> 'analysis' = 'explain_change' and answer -> 'plan' -> 'period' is not null
      ) said
      where exists (select 1 from run_facts run where run.workflow = said.workflow and run.known_from > said.seen
          and run.started_at >= said.since and run.started_at < said.until)
        or exists (select 1 from outcomes outcome join work_items item
            on item.workflow = outcome.workflow and item.work_item_id = outcome.work_item_id
          where outcome.workflow = said.workflow and outcome.recorded_at > said.seen
            and item.started_at >= said.since and item.started_at < said.until)
        or exists (select 1 from overrides correction join work_items item
            on item.workflow = correction.workflow and item.work_item_id = correction.work_item_id
          where correction.workflow = said.workflow and correction.recorded_at > said.seen
            and item.started_at >= said.since and item.started_at < said.until)
      order by said.created_at limit ${limit}`,
  )
  const answers = await Promise.all(rows.map(({ id }) => findSlackAnswer(db, id)))
  return answers.filter((answer) => answer !== null)
}

/** Notes that an answer was looked at again, from which instant on later data counts as new. */
export async function noteRevisited(db: Db, id: string, at: Date): Promise<void> {
  await db.update(slackAnswers).set({ revisitedAt: at }).where(eq(slackAnswers.id, id))
}

/** Whoever gets true tells the thread, and nobody else does. */
export async function claimRevision(db: Db, id: string): Promise<boolean> {
  const claimed = await db
    .update(slackAnswers)
    .set({ isRevised: true })
    .where(and(eq(slackAnswers.id, id), eq(slackAnswers.isRevised, false)))
    .returning({ id: slackAnswers.id })
  return claimed.length > 0
}

export async function releaseRevision(db: Db, id: string): Promise<void> {
  await db.update(slackAnswers).set({ isRevised: false, revisitedAt: null }).where(eq(slackAnswers.id, id))
}
