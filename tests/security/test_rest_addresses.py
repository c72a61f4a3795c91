"""Rows 2 to 5 and 7: where a request goes, and where it never does."""

from __future__ import annotations

import re
import ssl
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.calls import read
from tests.support.faces import Ask, both_faces
from tests.support.raw_server import RawServer, http, ok
from wyseos.generated.api.session import get_session
from wyseos.mate import (
    APIError,
    Client,
    ClientOptions,
    ConfigError,
    NetworkError,
    ValidationError,
)
from wyseos.mate.files import NamedFile
from wyseos.mate.rest.request import make_request
from wyseos.mate.settings.urls import InsecureConnectionWarning

SESSION = {"session_id": "s-1"}


# Row 2: nothing goes to another origin.


@both_faces
def test_security_02_a_redirect_takes_neither_key_nor_body_along(ask: Ask) -> None:
    with RawServer((ok(SESSION),)) as sink:
        away = http(status=307, headers={"Location": f"{sink.base_url}/sink"})
        with RawServer((ok(SESSION), away)) as server:

            def twice(client: Any) -> Any:
                return client.file_upload.upload_file(NamedFile("a.txt", b"secret"))

            with pytest.raises(APIError):
                ask(twice, base_url=server.base_url)
            with pytest.raises(APIError):
                ask(twice, base_url=server.base_url)
    assert sink.requests == []


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/x",
        "https://evil.example/x",
        "@evil.example",
        "x",
        "\\\\evil.example",
        "/a/../b",
        "/a b",
        "/a?x",
        "/a#x",
        "/\x00",
        "",
    ],
)
def test_security_02_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with Client(api_key="k") as client, pytest.raises(ValidationError) as caught:
        client.request("GET", path)
    assert caught.value.field == "path"


# Row 3: nothing in the clear.


@pytest.mark.parametrize(
    "host",
    [
        "api.example.com",
        "127.0.0.1.example.com",
        "0.0.0.0",
        "localhost.example.com",
        "8.8.8.8",
        "172.32.0.1",
        "10.0.0.1.example.com",
        "[2001:db8::1]",
        "[::ffff:8.8.8.8]",
        "wyse.localhost.com",
    ],
)
def test_security_03_http_to_another_machine_needs_to_be_asked_for(host: str) -> None:
    with pytest.raises(ConfigError, match="in the clear") as caught:
        ClientOptions(api_key="k", base_url=f"http://{host}")
    assert caught.value.field == "base_url"
    assert f"http://{host}" == ClientOptions(base_url=f"http://{host}", allow_insecure=True).base_url


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "172.16.3.4:8000", "192.168.1.2", "[fd00::1]", "wyse", "wyse.local", "api.corp.internal."]
)
def test_security_03_http_to_a_private_network_is_warned_of(host: str) -> None:
    with pytest.warns(InsecureConnectionWarning, match="whoever is in it can read the key") as told:
        assert ClientOptions(api_key="k", base_url=f"http://{host}").base_url == f"http://{host}"
    assert told[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ClientOptions(api_key="k", base_url=f"http://{host}", allow_insecure=True)
        ClientOptions(base_url=f"http://{host}")  # no key, nothing to read


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:1", "127.3.2.1"])
def test_security_03_http_to_this_machine_is_fine(host: str) -> None:
    assert f"http://{host}" == ClientOptions(base_url=f"http://{host}/").base_url


# Row 4: no untrusted certificate.


def tls(authority: trustme.CA, *names: str, expires: datetime | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, not_after=expires).configure_cert(context)
    return context


@both_faces
@pytest.mark.parametrize("wrong", ["self-signed", "expired", "wrong name"])
def test_security_04_an_untrusted_certificate_is_refused(ask: Ask, wrong: str, tmp_path: Path) -> None:
    trusted, bundle = trustme.CA(), tmp_path / "ca.pem"
    trusted.cert_pem.write_to_path(str(bundle))
    context = {
        "self-signed": lambda: tls(trustme.CA(), "127.0.0.1"),
        "expired": lambda: tls(trusted, "127.0.0.1", expires=datetime.now(UTC) - timedelta(days=1)),
        "wrong name": lambda: tls(trusted, "other.example"),
    }[wrong]()
    with RawServer((ok(SESSION),), tls=context) as server, pytest.raises(NetworkError, match="certificate"):
        ask(read, base_url=server.base_url, ca_bundle=bundle)
    assert server.requests == []


# Row 5: an id stays in its path.


@settings(deadline=None)
@given(
    st.text().filter(
        lambda text: not re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", text) and text not in ("", ".", "..")
    )
)
def test_security_05_any_id_is_one_segment(session_id: str) -> None:
    path = make_request(get_session.call(session_id), {}, {}).path
    assert path.startswith("/session/info/")
    assert "/" not in path.removeprefix("/session/info/")
    assert session_id == unquote(path.removeprefix("/session/info/"))


@both_faces
@pytest.mark.parametrize(
    "session_id", ["../../user/apikey/new", "a/b", "a?x=1", "a#b", "%2e%2e", "a%2Fb", "é ☃", ";", "..;"]
)
def test_security_05_an_id_arrives_quoted(ask: Ask, session_id: str) -> None:
    with RawServer((ok(SESSION),)) as server:
        ask(lambda client: client.session.get_info(session_id), base_url=server.base_url)
    assert re.fullmatch(r"/session/info/[^/?#]+", server.requests[0].target)
    assert session_id == unquote(server.requests[0].target.removeprefix("/session/info/"))


@pytest.mark.parametrize("session_id", ["", ".", "..", "a\nb", "a\x00", "\x85"])
def test_security_05_what_cannot_be_an_id_is_refused(session_id: str) -> None:
    with Client(api_key="k") as client, pytest.raises(ValidationError):
        client.session.get_info(session_id)


# Row 7: the credential goes to no URL that the service names.


@both_faces
def test_security_07_no_url_that_the_service_names_is_followed(ask: Ask) -> None:
    with RawServer((ok(SESSION),)) as sink:
        named = {name: f"{sink.base_url}/{name}" for name in ("file_url", "url", "ws_endpoint", "avatar", "video_url")}
        answer = {**named, "file_name": "a.txt", "related_links": [sink.base_url], "pages": [named], "status": "active"}
        with RawServer((ok([answer]), ok(answer), ok(answer))) as server:
            ask(lambda client: client.file_upload.upload_file(NamedFile("a.txt", b"x")), base_url=server.base_url)
            ask(lambda client: client.browser.get_info("b"), base_url=server.base_url)
            ask(lambda client: client.product.get_report("r"), base_url=server.base_url)
    assert (len(server.requests), sink.requests) == (3, [])
