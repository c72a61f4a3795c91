# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""The low level of the WyseOS SDK: one module an endpoint below `api`, one class an object in `models`, and `events`."""
