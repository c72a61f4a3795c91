"""The rules of the lint by their ids: why each is there, and what to do. docs/regenerate.md shows them."""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """Why a rule is there, and what to do where it is broken."""

    reason: str
    remedy: str


RULES: dict[str, Rule] = {
    "reference": Rule("A reference leads nowhere, in a circle, or hides what stands beside it.", "Mend it."),
    "schema": Rule("It is no JSON Schema (2020-12).", "Mend it."),
    "openapi": Rule("The official validator refuses the document.", "Mend it."),
    "asyncapi": Rule("The official meta-schema refuses the document.", "Mend it."),
    "words": Rule("Docstrings are made of it: every name is described.", "Write it."),
    "example": Rule("People copy it, and the emulator answers with it.", "Write one."),
    "sample": Rule("An example or a default that its own schema refuses misleads.", "Mend one of the two."),
    "ignored": Rule("The generator would drop it without a word.", "Leave it out, or say it as the message tells."),
    "operation-id": Rule(
        "It names the module, and two must not be one.", "Write one in snake_case, found nowhere else."
    ),
    "tag": Rule("It names the folder; a misspelt one would be another folder.", "Write one that the document lists."),
    "security": Rule("The generator knows an operation's own alone.", "Write it at the operation."),
    "path": Rule("A path and its parameters must agree.", "Describe each `{name}` of the path, and no other."),
    "parameter": Rule("A URL or header holds plain values, or a list of them.", "Put what is more into a body."),
    "body": Rule(
        "A request's class needs a name, and the transport one type.",
        "Refer to an object, as JSON or a form; or say one other type.",
    ),
    "form": Rule("A form's field is text, or a list of files.", "Send JSON, or a string that holds it."),
    "answer": Rule(
        "Answers are in one envelope, which is lifted off.",
        "Describe '200' as allOf of APIResponse; or say `x-bare: true`, or a type that is no JSON.",
    ),
    "error-answer": Rule("All errors are one envelope; what else is said of one is dropped.", "Refer to APIResponse."),
    "types": Rule("A list of types makes junk.", 'Write oneOf, with `type: "null"`.'),
    "union": Rule(
        "The objects of a union are told apart by one field.", "Give each a const of one name, or say a discriminator."
    ),
    "const": Rule("Messages are told apart by strings.", "Write a one-value enum."),
    "enum": Rule("An enumeration is a set of strings, or of whole numbers.", "Make it one of the two."),
    "array": Rule("A list of nobody knows what is dropped.", "Say what it holds, `items: {}` for anything."),
    "map": Rule("Typed values beside properties would not be typed.", "Make them a property."),
    "default": Rule("A default that can't be written in a signature is dropped.", "Describe it in words."),
    "inline-object": Rule("An object within another gets a name that nobody chose.", "Name it below components."),
    "required": Rule("What is required must be described.", "Describe it, or leave it out of the list."),
    "python-name": Rule("A field's or parameter's name must be one in Python, and its own.", "Add `x-python-name`."),
    "schema-name": Rule("A schema's name is its class, and two must not be one.", "Rename it as the message tells."),
    "message": Rule(
        "A message that no operation has, or no constant tells, never arrives.", "List it; give it a const."
    ),
    "message-payload": Rule("A message's class needs a name.", "Refer to a schema."),
    "generator": Rule("openapi-python-client warns of it, and would leave it out.", "Say it in another way."),
    "changelog": Rule("What breaks users is told to them.", "Write the entry; `FORMAT=markdown` drafts it."),
}
