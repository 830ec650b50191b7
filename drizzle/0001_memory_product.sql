CREATE TABLE "memory_uses" (
	"number" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "memory_uses_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"trace_id" text NOT NULL,
	"tool" text NOT NULL,
	"asked" jsonb NOT NULL,
	"entries" jsonb NOT NULL,
	"used_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "told_stories" (
	"trace_id" text PRIMARY KEY NOT NULL,
	"basis" text NOT NULL,
	"text" text NOT NULL,
	"model" text NOT NULL,
	"told_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "rules" ADD COLUMN "exception_to" text;--> statement-breakpoint
CREATE INDEX "memory_uses_by_trace" ON "memory_uses" USING btree ("trace_id");