ALTER TABLE "slack_answers" ADD COLUMN "revisited_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "slack_answers" ADD COLUMN "is_revised" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "slack_answers_by_time" ON "slack_answers" USING btree ("created_at");