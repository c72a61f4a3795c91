"""Batches: many tasks whose states outlive the process that started them."""
