# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""The REST endpoints, a folder a tag, a module an operation."""
