"""What a change of the schema means for those who use this SDK: `python -m codegen changes`, or `make schema-diff`."""
