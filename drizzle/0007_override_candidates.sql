CREATE TABLE "override_candidates" (
	"id" text PRIMARY KEY NOT NULL,
	"workflow" text NOT NULL,
	"work_item_id" text NOT NULL,
	"trace_id" text NOT NULL,
	"step_id" text NOT NULL,
	"agent_decision" text,
	"annotation" jsonb NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"settled_by" text,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "override_candidates_by_item" ON "override_candidates" USING btree ("work_item_id","workflow");--> statement-breakpoint
CREATE INDEX "override_candidates_by_time" ON "override_candidates" USING btree ("status","occurred_at");