CREATE TABLE "item_days" (
	"workflow" text NOT NULL,
	"day" date NOT NULL,
	"reach" smallint NOT NULL,
	"content_hash" text NOT NULL,
	"items" integer NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"packed_at" timestamp (3) with time zone NOT NULL,
	"figures" "bytea" NOT NULL,
	"latest" "bytea" NOT NULL,
	"steps" "bytea" NOT NULL,
	"documents" "bytea" NOT NULL,
	"tools" "bytea" NOT NULL,
	"waste" "bytea" NOT NULL,
	"record" "bytea" NOT NULL,
	"traces" "bytea" NOT NULL,
	"corrections" "bytea" NOT NULL,
	CONSTRAINT "item_days_workflow_day_reach_pk" PRIMARY KEY("workflow","day","reach")
);
--> statement-breakpoint
CREATE TABLE "unpacked_items" (
	"work_item_id" text NOT NULL,
	"workflow" text NOT NULL,
	"day" date NOT NULL,
	"is_gone" boolean DEFAULT false NOT NULL,
	"marked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "unpacked_items_work_item_id_workflow_day_pk" PRIMARY KEY("work_item_id","workflow","day")
);
--> statement-breakpoint
ALTER TABLE "changed_work_items" ADD COLUMN "rates_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "unpacked_items_by_day" ON "unpacked_items" USING btree ("workflow","day");--> statement-breakpoint
-- The cells are compressed already.
ALTER TABLE "item_days" ALTER COLUMN "figures" SET STORAGE EXTERNAL, ALTER COLUMN "latest" SET STORAGE EXTERNAL,
	ALTER COLUMN "steps" SET STORAGE EXTERNAL, ALTER COLUMN "documents" SET STORAGE EXTERNAL,
	ALTER COLUMN "tools" SET STORAGE EXTERNAL, ALTER COLUMN "waste" SET STORAGE EXTERNAL,
	ALTER COLUMN "record" SET STORAGE EXTERNAL, ALTER COLUMN "traces" SET STORAGE EXTERNAL,
	ALTER COLUMN "corrections" SET STORAGE EXTERNAL;
--> statement-breakpoint
-- What is known already is packed in the background, and read from its rows until then.
INSERT INTO "unpacked_items" ("work_item_id", "workflow", "day", "marked_at")
	SELECT "work_item_id", "workflow", ("started_at" AT TIME ZONE 'UTC')::date, now() FROM "work_items" WHERE "started_at" IS NOT NULL;
--> statement-breakpoint
INSERT INTO "unpacked_items" ("work_item_id", "workflow", "day", "is_gone", "marked_at")
	SELECT DISTINCT "work_item_id", "workflow", (now() AT TIME ZONE 'UTC')::date, true, now() FROM "run_facts"
	WHERE "known_until" IS NOT NULL AND NOT EXISTS (SELECT FROM "work_items"
		WHERE "work_items"."work_item_id" = "run_facts"."work_item_id" AND "work_items"."workflow" = "run_facts"."workflow")
	ON CONFLICT DO NOTHING;
