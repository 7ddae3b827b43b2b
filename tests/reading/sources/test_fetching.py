"""Fetching, against a server that the test starts on this machine."""

from __future__ import annotations

import gzip
import threading
from ipaddress import ip_address
from typing import Any

import pytest

import specimens
from detente.errors import InputError
from detente.reading.sources import open_inputs
from detente.reading.sources.addresses import Address, is_public
from detente.reading.sources.fetching import Fetcher
from detente.reading.sources.raw import RawDocument, SetAside, SourceOptions

OPEN = SourceOptions(allow_private=True, fetch_timeout_seconds=5)
CLOSED = SourceOptions(fetch_timeout_seconds=5)
HERE = ip_address("127.0.0.1")


def only_here(address: Address) -> bool:
    """The server of the test stands in for the public network."""
    return address == HERE or is_public(address)


def codes(url: str, options: SourceOptions = OPEN) -> list[str]:
    return [one.error.code for one in open_inputs([url], options) if isinstance(one, SetAside)]


def test_page_is_fetched_and_called_by_its_url(loopback: Any) -> None:
    url = loopback.serve("/1", specimens.page())
    (found,) = open_inputs([url], OPEN)
    assert isinstance(found, RawDocument)
    assert found.uri == url
    assert found.outlet == specimens.OUTLET
    assert found.published == "2024-07-01T23:30:00-04:00"
    assert "detente" in loopback.asked[0][1]


def test_packed_answer_is_unpacked(loopback: Any) -> None:
    url = loopback.serve("/1", gzip.compress(specimens.page()), **{"Content-Encoding": "gzip"})
    (found,) = open_inputs([url], OPEN)
    assert isinstance(found, RawDocument)


def test_kind_is_told_by_what_comes_not_by_the_url(loopback: Any) -> None:
    url = loopback.serve("/file.html", specimens.pdf(), "application/pdf")
    (found,) = open_inputs([url], OPEN)
    assert isinstance(found, RawDocument)
    assert found.author == "Kari Lund"


def test_redirects_are_followed(loopback: Any) -> None:
    loopback.serve("/3", specimens.page())
    loopback.redirect("/2", "/3")
    (found,) = open_inputs([loopback.redirect("/1", "/2")], OPEN)
    assert isinstance(found, RawDocument)
    assert found.uri == loopback.url("/1")


def test_redirects_without_end(loopback: Any) -> None:
    assert codes(loopback.redirect("/1", "/1")) == ["D222"]
    assert len(loopback.asked) == 6


def test_own_machine_is_refused_unasked(loopback: Any) -> None:
    url = loopback.serve("/1", specimens.page())
    assert codes(url, CLOSED) == ["D221"]
    assert loopback.asked == []


@pytest.mark.parametrize("target", ["http://169.254.169.254/latest", "http://10.0.0.8/", "http://[::ffff:10.0.0.8]/"])
def test_redirect_to_a_private_address_is_refused(loopback: Any, target: str) -> None:
    fetcher = Fetcher(CLOSED, may_call=only_here)
    with pytest.raises(InputError) as caught:
        fetcher.fetch(loopback.redirect("/1", target))
    assert caught.value.code == "D221"
    assert loopback.url("/1") in caught.value.what
    assert target.rstrip("/").rsplit("/", 1)[0] in str(caught.value.value)


def test_name_that_also_has_a_private_address_is_refused() -> None:
    fetcher = Fetcher(CLOSED, look_up=lambda host, port: [ip_address("8.8.8.8"), ip_address("192.168.1.1")])
    with pytest.raises(InputError) as caught:
        fetcher.fetch("http://both.example/")
    assert caught.value.code == "D221"


def test_connection_goes_to_the_checked_address(loopback: Any) -> None:
    loopback.serve("/1", b"seen")
    asked: list[str] = []

    def look_up(host: str, port: int) -> list[Address]:
        asked.append(host)
        return [HERE]

    answer = Fetcher(CLOSED, may_call=only_here, look_up=look_up).fetch(loopback.url("/1", host="post.example"))
    assert answer.data == b"seen"
    assert asked == ["post.example"]


def test_answer_over_its_budget(loopback: Any) -> None:
    url = loopback.serve("/1", b"x" * 300_000)
    assert codes(url, SourceOptions(allow_private=True, largest_fetch_bytes=100_000)) == ["D206"]


def test_packed_answer_over_its_budget(loopback: Any) -> None:
    url = loopback.serve("/1", gzip.compress(b"x" * 3_000_000), **{"Content-Encoding": "gzip"})
    assert codes(url, SourceOptions(allow_private=True, largest_fetch_bytes=100_000)) == ["D206"]


def test_page_that_is_not_there(loopback: Any) -> None:
    (found,) = open_inputs([loopback.url("/none")], OPEN)
    assert isinstance(found, SetAside)
    assert found.error.code == "D223"
    assert "404" in str(found.error.value)


def test_server_that_does_not_answer(loopback: Any) -> None:
    assert codes("http://127.0.0.1:1/") == ["D223"]


def test_server_that_answers_too_slowly() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:

        def listen() -> None:
            with silent.accept()[0] as heard:
                while heard.recv(1000):
                    pass

        thread = threading.Thread(target=listen)
        thread.start()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert codes(url, SourceOptions(allow_private=True, fetch_timeout_seconds=0.3)) == ["D223"]
        thread.join()


@pytest.mark.parametrize("url", ["ftp://post.example/1", "file:///etc/hosts", "http://", "http://[1/", "http://a:x/"])
def test_address_that_is_none(url: str) -> None:
    assert codes(url, CLOSED) == ["D223"]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"],
)  # fmt: skip
def test_private_addresses(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_public(ip_address(address))


def test_links_of_a_fetched_feed_are_followed(loopback: Any) -> None:
    loopback.serve("/1", specimens.page())
    feed = specimens.rss(content=False).replace(b"https://post.example/1", b"/1")
    (found,) = open_inputs([loopback.serve("/feed", feed, "application/rss+xml")], OPEN)
    assert isinstance(found, RawDocument)
    assert found.uri == loopback.url("/1")
    assert specimens.PARAGRAPHS[3] in found.text


def test_list_of_feeds_is_followed(loopback: Any, tmp_path: Any) -> None:
    loopback.serve("/feed", specimens.rss(), "application/rss+xml")
    outline = f"<outline type='rss' xmlUrl='{loopback.url('/feed')}'/>" * 2 + "<outline xmlUrl='beside.xml'/>"
    (tmp_path / "beside.xml").write_bytes(specimens.rss())
    place = tmp_path / "feeds.opml"
    place.write_text(f"<opml version='2.0'><body>{outline}<outline xmlUrl='/etc/hosts'/></body></opml>")
    found = list(open_inputs([str(place)], OPEN))
    assert [type(one) for one in found] == [RawDocument, RawDocument, SetAside]


def test_fetched_list_of_feeds_opens_no_local_file(loopback: Any) -> None:
    url = loopback.serve("/feeds", b"<opml><body><outline xmlUrl='beside.xml'/></body></opml>", "text/x-opml")
    assert codes(url) == ["D219"]


def test_feed_address_that_gives_a_page(loopback: Any) -> None:
    assert codes(loopback.serve("/feed", specimens.page(), "application/rss+xml")) == ["D219"]
