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
CREATE INDEX "saved_decisions_by_item" ON "saved_decisions" USING btree ("work_item_id");--> statement-breakpoint
CREATE INDEX "memory_entries_by_id" ON "memory_entries" USING btree ("id","number");