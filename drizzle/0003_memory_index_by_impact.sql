ALTER TABLE "memory_postings" RENAME TO "memory_old_postings";--> statement-breakpoint
CREATE TABLE "memory_postings" (
	"word" integer NOT NULL,
	"entry" integer NOT NULL,
	"impact" smallint NOT NULL,
	"day" smallint NOT NULL,
	"facets" integer NOT NULL,
	"segment" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "memory_entries" ADD COLUMN "words" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "memory_entries" ADD COLUMN "frequencies" smallint[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "memory_terms" ADD COLUMN "number" integer NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "memory_terms_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1);--> statement-breakpoint
-- Bits by which a posting is told apart without its entry: kind one bit each (0-7), workflow (8-15), rule (16-21), actor
-- (22-27), outcome (28-30). Different values may share bits; whoever filters by them looks at the entry afterwards.
CREATE FUNCTION "memory_facets"("kind" text, "workflow" text, "rule" text, "actor" text, "outcome" text) RETURNS integer
	LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN "kind" IS NULL THEN 0 ELSE (1 << coalesce(array_position(
			array['override', 'run', 'decision', 'thread', 'change', 'allocation', 'rule'], "kind") - 1, 7)) END
		| (coalesce(get_byte(sha256(convert_to("workflow", 'UTF8')), 0), 0) << 8)
		| ((coalesce(get_byte(sha256(convert_to(lower("rule"), 'UTF8')), 0), 0) & 63) << 16)
		| ((coalesce(get_byte(sha256(convert_to(lower("actor"), 'UTF8')), 0), 0) & 63) << 22)
		| ((coalesce(get_byte(sha256(convert_to("outcome", 'UTF8')), 0), 0) & 7) << 28)
$$;--> statement-breakpoint
-- Attributes as 31 bits, one for each name with its value.
CREATE FUNCTION "memory_segment"("attributes" jsonb) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT coalesce(bit_or(1 << (get_byte(sha256(convert_to("key" || '=' || lower("value"), 'UTF8')), 0) % 31)), 0)
	FROM jsonb_each_text("attributes") WHERE "value" IS NOT NULL
$$;--> statement-breakpoint
UPDATE "memory_entries" entry SET "length" = had."length", "words" = had."words", "frequencies" = had."frequencies"
	FROM (SELECT posting."entry", max(posting."length") AS "length", array_agg(term."number" ORDER BY term."number") AS "words",
			array_agg(posting."frequency" ORDER BY term."number") AS "frequencies"
		FROM "memory_old_postings" posting JOIN "memory_terms" term USING ("term") GROUP BY posting."entry") had
	WHERE entry."number" = had."entry";--> statement-breakpoint
INSERT INTO "memory_postings" ("word", "entry", "impact", "day", "facets", "segment")
	SELECT posted."word", entry."number",
		round(10000 * posted."frequency" / (posted."frequency" + 0.3 + 0.9 * entry."length" / average."words"))::smallint,
		greatest(least(floor(extract(epoch FROM entry."occurred_at") / 86400) - 10957, 32767), -32767)::smallint,
		memory_facets(entry."kind", entry."workflow", entry."rule", entry."actor", entry."outcome"),
		memory_segment(entry."attributes")
	FROM "memory_entries" entry
	CROSS JOIN LATERAL unnest(entry."words", entry."frequencies") AS posted("word", "frequency")
	CROSS JOIN (SELECT greatest("words"::float8 / greatest("entries", 1), 1) AS "words" FROM "memory_totals") average;--> statement-breakpoint
DROP TABLE "memory_old_postings";--> statement-breakpoint
CREATE INDEX "memory_postings_by_impact" ON "memory_postings" USING btree ("word","impact","entry","day","facets","segment");--> statement-breakpoint
CREATE INDEX "memory_entries_by_occurrence" ON "memory_entries" USING btree ("occurred_at");--> statement-breakpoint
CREATE INDEX "memory_entries_by_actor" ON "memory_entries" USING btree (lower("actor"),"occurred_at");--> statement-breakpoint
CREATE INDEX "memory_entries_by_rule" ON "memory_entries" USING btree (lower("rule"),"occurred_at");--> statement-breakpoint
-- Postings are read from the index alone where their pages are known to hold no dead rows, which a vacuum notes.
ALTER TABLE "memory_postings" SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
