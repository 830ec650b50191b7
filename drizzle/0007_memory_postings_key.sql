DROP INDEX "memory_postings_by_entry";--> statement-breakpoint
-- The counts of common words change with every batch: with room on the page the update stays there and out of the indexes.
ALTER TABLE "memory_terms" SET (fillfactor = 50);
