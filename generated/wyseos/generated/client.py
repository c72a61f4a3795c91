# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""The raw client under the name by which it is imported; it is written by hand, in `wyseos.runtime.client`."""

from wyseos.runtime.client import Client as Client
from wyseos.runtime.client import Response as Response
