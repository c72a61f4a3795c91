"""Pages as files: HTML from templates that escape all of the service's, under a policy that runs and loads nothing.

Security row 13: no script at all, no request to anywhere; filters and the enlarged picture are done by CSS.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wyseos.mate.errors import ConfigError, ValidationError
from wyseos.mate.extras import missing_extra
from wyseos.mate.terminal.text import plain
from wyseos.runtime.codec import dumps

if TYPE_CHECKING:
    from jinja2 import Environment
    from markdown_it import MarkdownIt

_LINKS = ("http://", "https://", "mailto:")
_KINDS = (".html", ".htm", ".md", ".json")


class ReportPage:
    """Something that is written as HTML, Markdown or JSON."""

    template: str
    """The name of its HTML template."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as a plain dict, ready for JSON."""
        raise NotImplementedError

    def to_markdown(self) -> str:
        """Return it as Markdown."""
        raise NotImplementedError

    def to_json(self) -> str:
        """Return it as the text of a JSON object."""
        return dumps(self.to_dict())

    def to_html(self) -> str:
        """Return it as one self-contained HTML page.

        Raises:
            ConfigError: the extra `reports` is not installed; the message has the command.
        """
        css = _css()
        digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
        policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        return _environment().get_template(self.template).render(page=self, css=css, policy=policy)

    def to_fragment(self) -> str:
        """Return what a notebook shows of it: HTML without a page around it."""
        raise NotImplementedError

    def _repr_html_(self) -> str | None:
        """What a notebook shows; without the extra `reports` its plain form."""
        try:
            return self.to_fragment()
        except ConfigError:
            return None

    def save(self, path: str | PathLike[str]) -> Path:
        """Write it to a file; the name tells the kind: `.html`, `.md` or `.json`.

        Returns:
            The file.

        Raises:
            ValidationError: the name ends in something else.
            ConfigError: the extra `reports` is not installed.
        """
        place = Path(path)
        suffix = check_kind(place)
        text = {".md": self.to_markdown, ".json": self.to_json}.get(suffix, self.to_html)()
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
        return place


def check_kind(path: Path) -> str:
    """Return the suffix that tells how a page is written; raises ValidationError where it is none that is known."""
    suffix = path.suffix.lower()
    if suffix not in _KINDS:
        raise ValidationError(f"path ends in {suffix or 'nothing'}; give one of {', '.join(_KINDS)}", field="path")
    return suffix


def markdown(text: str) -> Any:
    """Return Markdown of the service as safe HTML: no HTML of its own, links to the web and to mail addresses alone."""
    from markupsafe import Markup

    return Markup(_markdown().render(plain(text)))  # noqa: S704 - it escapes all but what it writes itself


def is_link(url: str | None) -> bool:
    """Whether a page may link to this."""
    return (url or "").lower().startswith(_LINKS)


@cache
def _css() -> str:
    return resources.files(__package__).joinpath("templates/page.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ModuleNotFoundError as error:
        raise _not_installed(error) from None
    environment = Environment(
        loader=PackageLoader("wyseos.mate.reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {"markdown": markdown, "plain": lambda text: plain(str(text))}
    environment.tests["link"] = is_link
    return environment


@cache
def _markdown() -> MarkdownIt:
    try:
        from markdown_it import MarkdownIt
    except ModuleNotFoundError as error:
        raise _not_installed(error) from None
    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    made.validateLink = is_link  # type: ignore[method-assign]  # its own way to be told
    return made


def _not_installed(error: ModuleNotFoundError) -> ConfigError:
    return ConfigError(f"A report cannot be written: {missing_extra(error) or error}", field="reports")
