"""The TLS settings are made once, of the certificates that the options name."""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme

from wyseos.mate import ClientOptions, ConfigError
from wyseos.mate.settings.table import FILE_SETTINGS, variable


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No file and no variable of the machine is found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in [*map(variable, FILE_SETTINGS), "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"]:
        monkeypatch.delenv(name, raising=False)


def test_the_tls_settings_are_made_once_for_all_clients() -> None:
    assert ClientOptions().tls() is ClientOptions("k").tls()


def test_a_context_of_ones_own_is_used_as_it_is() -> None:
    context = ssl.create_default_context()
    assert ClientOptions(ssl_context=context, ca_bundle="/nowhere").tls() is context
    wrong: Any = "tls"
    with pytest.raises(ConfigError, match=r"ssl_context must be an ssl\.SSLContext"):
        ClientOptions(ssl_context=wrong)


def test_certificates_may_lie_in_a_folder_or_behind_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    usual = ClientOptions().tls()
    assert ClientOptions(ca_bundle=tmp_path).tls() is not usual
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert ClientOptions().tls() is not usual
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))
    with pytest.raises(ConfigError, match=r"SSL_CERT_FILE .*gone.pem cannot be used: No such file"):
        ClientOptions().tls()


def test_a_bundle_that_was_replaced_is_read_anew(tmp_path: Path) -> None:
    bundle = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(bundle))
    first = ClientOptions(ca_bundle=bundle).tls()
    assert ClientOptions(ca_bundle=bundle).tls() is first
    os.utime(bundle, (1, 1))
    assert ClientOptions(ca_bundle=bundle).tls() is not first


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_ca_bundle_that_cannot_be_used_is_told(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "ca.pem"
    if content:
        path.write_text(content)
    with pytest.raises(ConfigError, match=r"ca_bundle .* cannot be used") as caught:
        ClientOptions(ca_bundle=path).tls()
    assert caught.value.field == "ca_bundle"
