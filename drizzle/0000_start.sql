CREATE TABLE "allocation_decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"workflow" text NOT NULL,
	"segment" jsonb NOT NULL,
	"action" text NOT NULL,
	"parameters" jsonb NOT NULL,
	"title" text NOT NULL,
	"expected_monthly_micros" bigint,
	"interval" jsonb,
	"evidence" jsonb NOT NULL,
	"status" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"proposed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"position" integer PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject_workflow" text NOT NULL,
	"subject_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "change_events" (
	"workflow" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"description" text NOT NULL,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"inferred" boolean DEFAULT false NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "change_events_workflow_id_pk" PRIMARY KEY("workflow","id")
);
--> statement-breakpoint
CREATE TABLE "operating_metrics" (
	"workflow" text NOT NULL,
	"id" text NOT NULL,
	"metric" text NOT NULL,
	"value" double precision NOT NULL,
	"unit" text NOT NULL,
	"period_start" date NOT NULL,
	"period_end" date NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "operating_metrics_workflow_id_pk" PRIMARY KEY("workflow","id")
);
--> statement-breakpoint
CREATE TABLE "outcomes" (
	"workflow" text NOT NULL,
	"id" text NOT NULL,
	"work_item_id" text NOT NULL,
	"status" text NOT NULL,
	"resolved_by" text,
	"value_micros" bigint,
	"note" text,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "outcomes_workflow_id_pk" PRIMARY KEY("workflow","id")
);
--> statement-breakpoint
CREATE TABLE "overrides" (
	"workflow" text NOT NULL,
	"id" text NOT NULL,
	"work_item_id" text NOT NULL,
	"trace_id" text,
	"step_id" text,
	"agent_decision" text NOT NULL,
	"human_decision" text NOT NULL,
	"reason" text NOT NULL,
	"rule" text,
	"actor" text NOT NULL,
	"minutes" double precision,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"erased_at" timestamp (3) with time zone,
	CONSTRAINT "overrides_workflow_id_pk" PRIMARY KEY("workflow","id")
);
--> statement-breakpoint
CREATE TABLE "changed_work_items" (
	"work_item_id" text NOT NULL,
	"workflow" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "changed_work_items_work_item_id_workflow_pk" PRIMARY KEY("work_item_id","workflow")
);
--> statement-breakpoint
CREATE TABLE "run_facts" (
	"trace_id" text NOT NULL,
	"known_from" timestamp (3) with time zone NOT NULL,
	"known_until" timestamp (3) with time zone,
	"workflow" text NOT NULL,
	"work_item_id" text NOT NULL,
	"attempt" integer,
	"retry_of" text,
	"status" text NOT NULL,
	"agent_name" text,
	"agent_version" text,
	"prompt_version" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"model_cost_micros" bigint NOT NULL,
	"tool_cost_micros" bigint,
	"priced_calls" integer NOT NULL,
	"unpriced_calls" integer NOT NULL,
	"calls" integer NOT NULL,
	"calls_without_usage" integer NOT NULL,
	"input_tokens" bigint,
	"cached_input_tokens" bigint,
	"cache_write_tokens" bigint,
	"output_tokens" bigint,
	"reasoning_tokens" bigint,
	"usage_estimated" boolean NOT NULL,
	"unexplained_tokens" bigint,
	"models" jsonb NOT NULL,
	"steps" jsonb NOT NULL,
	"documents" jsonb NOT NULL,
	"tools" jsonb NOT NULL,
	"waste" jsonb NOT NULL,
	"work_item_attributes" jsonb NOT NULL,
	"decision" text,
	"rules" jsonb NOT NULL,
	"attributed_spans" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"content_hash" text NOT NULL,
	CONSTRAINT "run_facts_trace_id_known_from_pk" PRIMARY KEY("trace_id","known_from")
);
--> statement-breakpoint
CREATE TABLE "work_items" (
	"work_item_id" text NOT NULL,
	"workflow" text NOT NULL,
	"attributes" jsonb NOT NULL,
	"status" text NOT NULL,
	"started_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"attempts" integer NOT NULL,
	"corrections" integer NOT NULL,
	"total_micros" bigint NOT NULL,
	"unpriced_calls" integer NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "work_items_work_item_id_workflow_pk" PRIMARY KEY("work_item_id","workflow")
);
--> statement-breakpoint
CREATE TABLE "memory_embeddings" (
	"model" text NOT NULL,
	"entry" integer NOT NULL,
	"embedding" vector NOT NULL,
	CONSTRAINT "memory_embeddings_model_entry_pk" PRIMARY KEY("model","entry")
);
--> statement-breakpoint
CREATE TABLE "memory_entries" (
	"number" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "memory_entries_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"workflow" text,
	"work_item_id" text,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"actor" text,
	"rule" text,
	"outcome" text,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"sources" jsonb NOT NULL,
	"length" integer NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"latest_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"known_until" timestamp (3) with time zone,
	"superseded_by" text,
	"content_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memory_postings" (
	"term" text NOT NULL,
	"entry" integer NOT NULL,
	"frequency" smallint NOT NULL,
	"length" smallint NOT NULL,
	CONSTRAINT "memory_postings_term_entry_frequency_length_pk" PRIMARY KEY("term","entry","frequency","length")
);
--> statement-breakpoint
CREATE TABLE "memory_terms" (
	"term" text PRIMARY KEY NOT NULL,
	"entries" integer NOT NULL,
	"trigrams" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memory_totals" (
	"name" text PRIMARY KEY NOT NULL,
	"entries" integer NOT NULL,
	"words" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pending_memory" (
	"kind" text NOT NULL,
	"workflow" text NOT NULL,
	"source_id" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "pending_memory_kind_workflow_source_id_pk" PRIMARY KEY("kind","workflow","source_id")
);
--> statement-breakpoint
CREATE TABLE "rules" (
	"workflow" text NOT NULL,
	"id" text NOT NULL,
	"version" integer NOT NULL,
	"text" text NOT NULL,
	"status" text NOT NULL,
	"confirmed_by" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rules_workflow_id_version_pk" PRIMARY KEY("workflow","id","version")
);
--> statement-breakpoint
CREATE TABLE "saved_decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"workflow" text NOT NULL,
	"work_item_id" text,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"rule" text,
	"actor" text NOT NULL,
	"channel" text NOT NULL,
	"message_ts" text NOT NULL,
	"permalink" text,
	"messages" jsonb NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"name" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "contract_prices" (
	"id" text PRIMARY KEY NOT NULL,
	"workflow" text,
	"provider" text,
	"model" text NOT NULL,
	"service_tier" text,
	"input_per_million" double precision,
	"cached_input_per_million" double precision,
	"cache_write_per_million" double precision,
	"output_per_million" double precision,
	"reasoning_per_million" double precision,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"valid_until" timestamp (3) with time zone,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"recorded_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "markers" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workflows" (
	"name" text PRIMARY KEY NOT NULL,
	"settings" jsonb,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"week" text NOT NULL,
	"channel" text NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL,
	"message_ts" text,
	"posted_at" timestamp (3) with time zone,
	CONSTRAINT "digests_week_channel_pk" PRIMARY KEY("week","channel")
);
--> statement-breakpoint
CREATE TABLE "feedback" (
	"message_id" text NOT NULL,
	"user_id" text NOT NULL,
	"helpful" boolean NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "feedback_message_id_user_id_pk" PRIMARY KEY("message_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "playground_messages" (
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"thread_ts" text,
	"user_id" text NOT NULL,
	"ephemeral_to" text,
	"message" jsonb NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "playground_messages_channel_ts_pk" PRIMARY KEY("channel","ts")
);
--> statement-breakpoint
CREATE TABLE "slack_answers" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"thread_ts" text,
	"message_ts" text,
	"asked_by" text,
	"question" text NOT NULL,
	"answer" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slack_events" (
	"event_id" text PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "thread_plans" (
	"thread_id" text PRIMARY KEY NOT NULL,
	"plan" jsonb NOT NULL,
	"as_of" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "changed_traces" (
	"trace_id" text PRIMARY KEY NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dead_letters" (
	"id" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"member_index" integer,
	"path" text NOT NULL,
	"message" text NOT NULL,
	"excerpt" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spans" (
	"trace_id" text NOT NULL,
	"span_id" text NOT NULL,
	"received_day" date NOT NULL,
	"parent_id" text,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"status" text NOT NULL,
	"error" text,
	"model" text,
	"provider" text,
	"response_id" text,
	"input_tokens" bigint,
	"cached_input_tokens" bigint,
	"cache_write_tokens" bigint,
	"output_tokens" bigint,
	"reasoning_tokens" bigint,
	"usage_estimated" boolean DEFAULT false NOT NULL,
	"usage_ambiguity" text,
	"cost_usd" double precision,
	"retry_of" text,
	"service_tier" text,
	"input" text,
	"output" text,
	"documents" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"tool" jsonb,
	"decision" jsonb,
	"evaluations" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"attributes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"context" jsonb NOT NULL,
	"dialect" text NOT NULL,
	"synthetic" boolean DEFAULT false NOT NULL,
	"fullness" integer NOT NULL,
	"content_hash" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "spans_trace_id_span_id_received_day_pk" PRIMARY KEY("trace_id","span_id","received_day")
) PARTITION BY RANGE ("received_day");
--> statement-breakpoint
CREATE INDEX "allocation_decisions_by_workflow" ON "allocation_decisions" USING btree ("workflow","status");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_entries_by_hash" ON "audit_entries" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "audit_entries_by_subject" ON "audit_entries" USING btree ("subject_workflow","subject_id");--> statement-breakpoint
CREATE INDEX "change_events_by_time" ON "change_events" USING btree ("occurred_at");--> statement-breakpoint
CREATE INDEX "operating_metrics_by_metric" ON "operating_metrics" USING btree ("metric","period_start");--> statement-breakpoint
CREATE INDEX "outcomes_by_id" ON "outcomes" USING btree ("id");--> statement-breakpoint
CREATE INDEX "outcomes_by_item" ON "outcomes" USING btree ("work_item_id","workflow");--> statement-breakpoint
CREATE INDEX "outcomes_by_time" ON "outcomes" USING btree ("workflow","occurred_at");--> statement-breakpoint
CREATE INDEX "overrides_by_item" ON "overrides" USING btree ("work_item_id","workflow");--> statement-breakpoint
CREATE INDEX "overrides_by_time" ON "overrides" USING btree ("workflow","occurred_at");--> statement-breakpoint
CREATE UNIQUE INDEX "run_facts_current" ON "run_facts" USING btree ("trace_id") WHERE known_until is null;--> statement-breakpoint
CREATE INDEX "run_facts_by_item" ON "run_facts" USING btree ("work_item_id","workflow");--> statement-breakpoint
CREATE INDEX "run_facts_by_time" ON "run_facts" USING btree ("workflow","started_at");--> statement-breakpoint
CREATE INDEX "run_facts_current_by_start" ON "run_facts" USING btree ("workflow","started_at","work_item_id") WHERE known_until is null;--> statement-breakpoint
CREATE INDEX "work_items_by_close" ON "work_items" USING btree ("workflow","closed_at");--> statement-breakpoint
CREATE INDEX "work_items_by_start" ON "work_items" USING btree ("workflow","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "memory_entries_current" ON "memory_entries" USING btree ("id") WHERE known_until is null;--> statement-breakpoint
CREATE INDEX "memory_entries_by_id" ON "memory_entries" USING btree ("id","number");--> statement-breakpoint
CREATE INDEX "memory_entries_by_item" ON "memory_entries" USING btree ("work_item_id");--> statement-breakpoint
CREATE INDEX "memory_entries_by_time" ON "memory_entries" USING btree ("workflow","occurred_at");--> statement-breakpoint
CREATE INDEX "memory_entries_by_kind" ON "memory_entries" USING btree ("kind","occurred_at");--> statement-breakpoint
CREATE INDEX "memory_terms_by_trigram" ON "memory_terms" USING gin ("trigrams");--> statement-breakpoint
CREATE INDEX "saved_decisions_by_item" ON "saved_decisions" USING btree ("work_item_id");--> statement-breakpoint
CREATE INDEX "contract_prices_by_model" ON "contract_prices" USING btree ("model");--> statement-breakpoint
CREATE INDEX "slack_answers_by_thread" ON "slack_answers" USING btree ("channel","thread_ts");--> statement-breakpoint
CREATE INDEX "slack_events_by_time" ON "slack_events" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "changed_traces_by_time" ON "changed_traces" USING btree ("changed_at");--> statement-breakpoint
CREATE INDEX "dead_letters_by_time" ON "dead_letters" USING btree ("recorded_at");--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_entries_append_only" BEFORE UPDATE OR DELETE ON "audit_entries" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "rules_append_only" BEFORE UPDATE OR DELETE ON "rules" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "overrides_not_deleted" BEFORE DELETE ON "overrides" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "overrides_append_only" BEFORE UPDATE ON "overrides" FOR EACH ROW WHEN (NOT (OLD."erased_at" IS NULL AND NEW."erased_at" IS NOT NULL)) EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
-- Counts change with every entry: room on each page lets an update stay where its row is.
ALTER TABLE "memory_terms" SET (fillfactor = 50);
