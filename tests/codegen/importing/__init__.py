"""Tests of documents from elsewhere."""
