"""Mutation testing of what decides about losing, doubling and resending: `make mutants`."""
