DROP TABLE "memory_entries" CASCADE;--> statement-breakpoint
DROP TABLE "memory_postings" CASCADE;