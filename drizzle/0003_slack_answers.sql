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
CREATE INDEX "slack_answers_by_thread" ON "slack_answers" USING btree ("channel","thread_ts");