CREATE TABLE "shift_mutes" (
	"workflow" text PRIMARY KEY NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"muted_by" text NOT NULL,
	"muted_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shift_notices" (
	"id" text PRIMARY KEY NOT NULL,
	"workflow" text NOT NULL,
	"date" date NOT NULL,
	"shifts" jsonb NOT NULL,
	"state" text NOT NULL,
	"question" text NOT NULL,
	"cause" jsonb,
	"noticed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shift_posts" (
	"notice_id" text NOT NULL,
	"channel" text NOT NULL,
	"claimed_at" timestamp (3) with time zone NOT NULL,
	"message_ts" text,
	"posted_at" timestamp (3) with time zone,
	CONSTRAINT "shift_posts_notice_id_channel_pk" PRIMARY KEY("notice_id","channel")
);
--> statement-breakpoint
CREATE INDEX "shift_notices_by_workflow" ON "shift_notices" USING btree ("workflow","date");