"""Tests of what a change of the schema means."""
