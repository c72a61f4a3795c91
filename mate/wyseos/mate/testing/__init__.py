"""The test kit: pytest fixtures, factories for events and models, and recorded sessions."""
