"""The version of the package: it stands here alone; what is built takes it from here."""

__version__ = "0.4.0"
