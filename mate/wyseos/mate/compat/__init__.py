"""Names and helpers of 0.3.x that its programs use, each thinly above what does the work here; see docs/migrate.md."""
