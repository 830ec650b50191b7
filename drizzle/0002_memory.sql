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
CREATE TABLE "saved_threads" (
	"id" text PRIMARY KEY NOT NULL,
	"workflow" text NOT NULL,
	"work_item_id" text,
	"title" text NOT NULL,
	"permalink" text,
	"messages" jsonb NOT NULL,
	"saved_by" text NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "memory_entries_current" ON "memory_entries" USING btree ("id") WHERE known_until is null;--> statement-breakpoint
CREATE INDEX "memory_entries_by_item" ON "memory_entries" USING btree ("work_item_id");--> statement-breakpoint
CREATE INDEX "memory_entries_by_time" ON "memory_entries" USING btree ("workflow","occurred_at");--> statement-breakpoint
CREATE INDEX "memory_entries_by_kind" ON "memory_entries" USING btree ("kind","occurred_at");--> statement-breakpoint
CREATE INDEX "memory_postings_by_entry" ON "memory_postings" USING btree ("entry");--> statement-breakpoint
CREATE INDEX "memory_terms_by_trigram" ON "memory_terms" USING gin ("trigrams");--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_entries_append_only" BEFORE UPDATE OR DELETE ON "audit_entries" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "rules_append_only" BEFORE UPDATE OR DELETE ON "rules" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "overrides_not_deleted" BEFORE DELETE ON "overrides" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "overrides_append_only" BEFORE UPDATE ON "overrides" FOR EACH ROW WHEN (NOT (OLD."erased_at" IS NULL AND NEW."erased_at" IS NOT NULL)) EXECUTE FUNCTION "refuse_change"();
