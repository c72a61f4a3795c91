"""Drafts what a new operation or message needs beside the schema: `python -m codegen scaffold`, or `make scaffold`."""
