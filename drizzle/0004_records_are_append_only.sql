-- What a person may still ask of records that are never changed: to be erased from them, and that a proposal be decided.
-- These functions run with the rights of whoever owns the tables, so that the application's own role needs none to change
-- them; their search path is fixed, so that nobody can slip other tables under them.
DO $create$ BEGIN
	EXECUTE format($function$
		CREATE FUNCTION "erase_overrides"("person" text, "erased" timestamptz) RETURNS TABLE("workflow" text, "id" text)
		LANGUAGE sql SECURITY DEFINER SET search_path = %1$I, pg_temp AS $$
			UPDATE "overrides" AS record SET "actor" = 'erased person', "reason" = '(erased)', "erased_at" = "erased"
			WHERE lower(record."actor") = lower("person") AND record."erased_at" IS NULL
			RETURNING record."workflow", record."id"
		$$;
		CREATE FUNCTION "erase_deciders"("person" text) RETURNS TABLE("workflow" text, "id" text)
		LANGUAGE sql SECURITY DEFINER SET search_path = %1$I, pg_temp AS $$
			UPDATE "allocation_decisions" AS record SET "decided_by" = 'erased person'
			WHERE lower(record."decided_by") = lower("person") AND record."decided_by" <> 'erased person'
			RETURNING record."workflow", record."id"
		$$;
		CREATE FUNCTION "decide_allocation"("proposal" text, "decision" text, "person" text, "at" timestamptz) RETURNS boolean
		LANGUAGE sql SECURITY DEFINER SET search_path = %1$I, pg_temp AS $$
			WITH decided AS (
				UPDATE "allocation_decisions" AS record SET "status" = "decision", "decided_by" = "person", "decided_at" = "at"
				WHERE record."id" = "proposal" AND record."status" = 'proposed' RETURNING 1
			) SELECT count(*) > 0 FROM decided
		$$;
	$function$, current_schema());
END $create$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION "erase_overrides"(text, timestamptz), "erase_deciders"(text), "decide_allocation"(text, text, text, timestamptz) FROM PUBLIC;--> statement-breakpoint
DROP TRIGGER "overrides_append_only" ON "overrides";--> statement-breakpoint
-- An erasure puts a tombstone where name and words stood, and leaves everything else as it was.
CREATE TRIGGER "overrides_append_only" BEFORE UPDATE ON "overrides" FOR EACH ROW WHEN (NOT (
	OLD."erased_at" IS NULL AND NEW."erased_at" IS NOT NULL AND NEW."actor" = 'erased person' AND NEW."reason" = '(erased)'
	AND to_jsonb(NEW) - ARRAY['actor', 'reason', 'erased_at'] = to_jsonb(OLD) - ARRAY['actor', 'reason', 'erased_at']
)) EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "allocation_decisions_not_deleted" BEFORE DELETE ON "allocation_decisions" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
-- A proposal is decided once; afterwards only the name of who decided it can be erased.
CREATE TRIGGER "allocation_decisions_append_only" BEFORE UPDATE ON "allocation_decisions" FOR EACH ROW WHEN (NOT (
	(OLD."status" = 'proposed'
		AND to_jsonb(NEW) - ARRAY['status', 'decided_by', 'decided_at'] = to_jsonb(OLD) - ARRAY['status', 'decided_by', 'decided_at'])
	OR (NEW."decided_by" = 'erased person' AND to_jsonb(NEW) - 'decided_by' = to_jsonb(OLD) - 'decided_by')
)) EXECUTE FUNCTION "refuse_change"();
