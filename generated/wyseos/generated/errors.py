# generated from schema/openapi.yaml and schema/asyncapi.yaml, run `make generate`
"""The errors of this layer under the name by which they are imported; they are written by hand, in `wyseos.runtime`."""

from wyseos.runtime.errors import DecodeError as DecodeError
from wyseos.runtime.errors import NoAnswer as NoAnswer
from wyseos.runtime.errors import UnexpectedAnswer as UnexpectedAnswer
from wyseos.runtime.errors import ValidationError as ValidationError
from wyseos.runtime.errors import WyseError as WyseError
