"""The test suite: one file a module, in folders that mirror the source."""
