"""The version of the package: it stands here and in `pyproject.toml`; a test compares them."""

__version__ = "0.4.0"
