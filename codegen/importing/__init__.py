"""Makes a draft of our schema from a document from elsewhere: `python -m codegen import DOC --into DIR`."""
