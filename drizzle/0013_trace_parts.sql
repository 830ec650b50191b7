CREATE TABLE "trace_parts" (
	"trace_id" text NOT NULL,
	"received_day" date NOT NULL,
	"part" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"span_count" integer NOT NULL,
	"spans" "bytea" NOT NULL,
	"payloads" "bytea",
	CONSTRAINT "trace_parts_trace_id_received_day_part_pk" PRIMARY KEY("trace_id","received_day","part")
) PARTITION BY RANGE ("received_day");
--> statement-breakpoint
-- The cells come compressed: nothing is left to gain by trying again.
ALTER TABLE "trace_parts" ALTER COLUMN "spans" SET STORAGE EXTERNAL, ALTER COLUMN "payloads" SET STORAGE EXTERNAL;
--> statement-breakpoint
DO $$
DECLARE
	stored date;
BEGIN
	FOR stored IN SELECT DISTINCT received_day FROM spans ORDER BY 1 LOOP
		EXECUTE format(
			'CREATE TABLE %I PARTITION OF trace_parts FOR VALUES FROM (%L) TO (%L)',
			'trace_parts_' || to_char(stored, 'YYYYMMDD'), stored, stored + 1
		);
	END LOOP;
END $$;
--> statement-breakpoint
-- Spans in rows become parts, those of one trace that were recorded at one instant together, as JSON that is not compressed.
INSERT INTO trace_parts (trace_id, received_day, part, recorded_at, span_count, spans, payloads)
SELECT
	trace_id,
	received_day,
	md5(string_agg(span_id || ' ' || content_hash, E'\n' ORDER BY span_id)),
	recorded_at,
	count(*),
	convert_to('[' || string_agg(facts::text, ',' ORDER BY span_id) || ']', 'UTF8'),
	CASE WHEN bool_or(has_payload) THEN convert_to('[' || string_agg(payload::text, ',' ORDER BY span_id) || ']', 'UTF8') END
FROM (
	SELECT
		trace_id, received_day, recorded_at, span_id, content_hash,
		jsonb_strip_nulls(jsonb_build_object(
			'fullness', fullness,
			'contentHash', content_hash,
			'spanId', span_id,
			'startedAt', round(extract(epoch FROM started_at) * 1000)::bigint,
			'endedAt', round(extract(epoch FROM ended_at) * 1000)::bigint,
			'parentId', parent_id,
			'kind', kind,
			'name', name,
			'status', status,
			'error', error,
			'model', model,
			'provider', provider,
			'responseId', response_id,
			'usage', jsonb_build_object(
				'inputTokens', input_tokens,
				'cachedInputTokens', cached_input_tokens,
				'cacheWriteTokens', cache_write_tokens,
				'outputTokens', output_tokens,
				'reasoningTokens', reasoning_tokens
			),
			'usageEstimated', usage_estimated,
			'usageAmbiguity', usage_ambiguity,
			'costUsd', cost_usd,
			'retryOf', retry_of,
			'serviceTier', service_tier,
			'inputHash', md5(input),
			'dialect', dialect,
			'synthetic', synthetic
		)) || jsonb_build_object(
			'documents', coalesce((
				SELECT jsonb_agg(document - 'content' || jsonb_strip_nulls(jsonb_build_object('characters', char_length(document ->> 'content'))))
				FROM jsonb_array_elements(documents) AS document
			), '[]'),
			'tool', tool,
			'decision', decision,
			'evaluations', evaluations,
			'attributes', attributes,
			'context', context
		) AS facts,
		jsonb_build_array(input, output, coalesce((
			SELECT jsonb_agg(document -> 'content') FROM jsonb_array_elements(documents) AS document
		), '[]')) AS payload,
		input IS NOT NULL OR output IS NOT NULL OR documents @? '$[*].content' AS has_payload
	FROM spans
) AS said
GROUP BY trace_id, received_day, recorded_at;
--> statement-breakpoint
DROP TABLE "spans" CASCADE;
