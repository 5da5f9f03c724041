"""Which addresses may be asked, and how links are written down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.domain.identity import bare_link
from syndicate.net.address import host_of, is_public, port_refused, shown, site_of, web_address


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "::1", "0.0.0.0", "::", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.9", "240.0.0.1", "255.255.255.255", "224.0.0.1"),
        *("fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "::7f00:1", "nonsense"),
    ],
)
def test_addresses_that_are_never_asked(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_that_anybody_may_ask(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("given_link", "kept"),
    [
        (" https://a.example/x#part ", "https://a.example/x"),
        ("http://a.example/two words|x", "http://a.example/two%20words%7Cx"),
        ("HTTP://A.example", "HTTP://A.example"),
        ("javascript:alert(1)", ""),
        ("//a.example/x", ""),
        ("http:///x", ""),
        ("http://user:secret@a.example/", ""),
        ("http://a.example:99999/", ""),
        ("http://a.example:0/", ""),
        ("http://[::1", ""),
        ("http://a.example/\nx", ""),
        ("http://a.example/" + "x" * 3000, ""),
        ("", ""),
    ],
)
def test_a_web_address_is_absolute_and_plain(given_link: str, kept: str) -> None:
    assert web_address(given_link) == kept


@given(st.text(max_size=60).map("http://a".__add__) | st.text(max_size=60))
def test_what_passes_as_a_web_address_breaks_nothing_later(link: str) -> None:
    address = web_address(link)

    if address:
        assert bare_link(address)
        assert host_of(address)
        assert web_address(address) == address


def test_messages_show_no_password_and_one_line() -> None:
    assert shown("http://user:secret@a.example/x\r\nSet-Cookie: y") == "http://a.example/x  Set-Cookie: y"
    assert len(shown("http://a.example/" + "x" * 3000)) == 201


@pytest.mark.parametrize(
    ("link", "site"),
    [
        ("https://www.harbour.example/feed", "harbour.example"),
        ("http://news.harbour.co.uk:8080/", "harbour.co.uk"),
        ("https://one.github.io/", "one.github.io"),
        ("https://EXAMPLE.com./", "example.com"),
        ("http://127.0.0.1:8000/", "127.0.0.1:8000"),
        ("http://127.1/", "127.1:80"),
        ("http://[2001:db8::1]:81/", "2001:db8::1:81"),
        ("http://localhost/", "localhost:80"),
        ("https://co.uk/", "co.uk:443"),
    ],
)
def test_a_site_is_what_somebody_registered(link: str, site: str) -> None:
    """An address without a name is, with its port, a site of its own."""
    assert site_of(link) == site


@given(st.text(max_size=60).map("http://a".__add__))
def test_every_web_address_has_a_site(link: str) -> None:
    address = web_address(link)

    assert not address or site_of(address)


@pytest.mark.parametrize("port", [22, 25, 110, 143, 6379, 3306])
def test_ports_of_other_protocols_are_refused(port: int) -> None:
    assert port_refused(f"http://a.example:{port}/") == port


@pytest.mark.parametrize("link", ["http://a.example/", "https://a.example:8443/", "http://a.example:8000/"])
def test_ports_of_web_servers_are_not(link: str) -> None:
    assert port_refused(link) == 0
