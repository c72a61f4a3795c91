"""Scenarios: what the agents do, read from YAML and played step by step."""
