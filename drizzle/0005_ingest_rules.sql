CREATE TABLE "ingest_rules" (
	"workflow" text PRIMARY KEY NOT NULL,
	"rules" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reattributions" (
	"id" text PRIMARY KEY NOT NULL,
	"because" text NOT NULL,
	"workflow" text,
	"from_instant" timestamp (3) with time zone NOT NULL,
	"to_instant" timestamp (3) with time zone,
	"runs" integer NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL
);
