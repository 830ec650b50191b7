CREATE TABLE "told_stories" (
	"entry" text PRIMARY KEY NOT NULL,
	"workflow" text NOT NULL,
	"trace_id" text NOT NULL,
	"tells" text NOT NULL,
	"wanted_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"text" text,
	"model" text,
	"told_at" timestamp (3) with time zone,
	"tokens" integer DEFAULT 0 NOT NULL,
	"spent_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "told_stories_wanted" ON "told_stories" USING btree ("wanted_at") WHERE told_at is null;--> statement-breakpoint
CREATE INDEX "told_stories_by_time" ON "told_stories" USING btree ("spent_at");