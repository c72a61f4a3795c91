"""The names by which pydantic's objects are dumped and copied. Light: settings have them too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wyseos.runtime import hints as t

# `dict` is a method's name below.
JsonObject: t.TypeAlias = "dict[str, t.Any]"


class Dumping:
    """Gives what has `to_dict` the names by which pydantic's objects are dumped and copied."""

    __slots__ = ()

    def to_dict(self) -> JsonObject:
        """Write it as a plain, JSON-ready dict."""
        raise NotImplementedError

    def _every_field(self) -> JsonObject:
        """Write it with every field, also those that are empty."""
        return self.to_dict()

    def model_dump(
        self,
        *,
        mode: str = "json",
        include: Iterable[str] | None = None,
        exclude: Iterable[str] | None = None,
        by_alias: bool = True,
        exclude_unset: bool = False,
        exclude_none: bool = False,
    ) -> JsonObject:
        """Write it as a plain dict with every field; what is absent is None, or empty as its attribute is.

        Args:
            mode: taken as pydantic takes it, without effect: all values are ready for JSON.
            include: the names of the fields to write; None for all.
            exclude: the names of the fields to leave out.
            by_alias: taken as pydantic takes it, without effect: names are those on the wire.
            exclude_unset: leave out what is absent, as `to_dict` does.
            exclude_none: leave out what is None.
        """
        written = self.to_dict() if exclude_unset else self._every_field()
        left_out = frozenset(exclude or ())
        wanted = frozenset(written if include is None else include) - left_out
        return {
            name: value for name, value in written.items() if name in wanted and not (exclude_none and value is None)
        }

    def model_dump_json(self, *, indent: int | None = None, **choice: t.Any) -> str:
        """Write it as the text of a JSON object; `choice` as of `model_dump`.

        Args:
            indent: spaces by which inner lines are moved to the right; None for one line.
        """
        written = self.model_dump(**choice)
        if indent is None:
            import orjson

            return orjson.dumps(written).decode()
        import json

        return json.dumps(written, indent=indent, ensure_ascii=False)

    def dict(self, **choice: t.Any) -> JsonObject:
        """Do what `model_dump` does, under its older name."""
        return self.model_dump(**choice)

    def json(self, **choice: t.Any) -> str:
        """Do what `model_dump_json` does, under its older name."""
        return self.model_dump_json(**choice)

    def model_copy(self, *, update: Mapping[str, t.Any] | None = None, deep: bool = False) -> t.Self:
        """Copy it.

        Args:
            update: attributes that the copy has instead.
            deep: also copy what it holds.
        """
        import copy

        twin = copy.deepcopy(self) if deep else copy.copy(self)
        for name, value in (update or {}).items():
            setattr(twin, name, value)
        return twin
