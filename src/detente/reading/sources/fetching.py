"""One page from the network: politely, within a budget of bytes and time, and never from inside the own network.

Redirects are followed by hand. At each hop all addresses of the host are looked up and checked, and the connection goes
to a checked address, so that a name cannot answer with one address when asked and another when called. Proxies named
in the environment are not used: behind one, addresses cannot be checked.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from detente import __version__
from detente.errors import InputError
from detente.reading.sources.addresses import Address, is_public, resolved
from detente.reading.sources.errors import FetchFailed, PrivateAddress, TooManyRedirects
from detente.reading.sources.parcel import media_type, too_large
from detente.reading.sources.raw import SourceOptions

MOST_REDIRECTS = 5
USER_AGENT = f"detente/{__version__} (reads single articles at its user's request)"
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
    "Accept-Language": "en",
    "Accept-Encoding": "gzip, deflate",
}


class Answer(Struct, frozen=True, kw_only=True):
    """What came: bytes, unpacked; what the server called them; the path of the last address."""

    data: bytes
    url: str
    path: str
    media_type: str | None
    charset: str | None


class Fetcher:
    """Fetches under the given options. `may_call` and `look_up` stand in for the network's own rules in tests."""

    def __init__(
        self,
        options: SourceOptions,
        *,
        may_call: Callable[[Address], bool] = is_public,
        look_up: Callable[[str, int], list[Address]] = resolved,
    ) -> None:
        self.options = options
        self.may_call = (lambda _: True) if options.allow_private else may_call
        self.look_up = look_up

    def fetch(self, url: str) -> Answer:
        """The page at `url`. Raises PrivateAddress, TooManyRedirects, FetchFailed or TooLarge, all naming `url`."""
        deadline = time.monotonic() + self.options.fetch_timeout_seconds
        here = url
        for _ in range(MOST_REDIRECTS + 1):
            response, close = self._call(here, url, deadline)
            try:
                location = response.headers.get("Location")
                if response.status in (301, 302, 303, 307, 308) and location:
                    here = urljoin(here, location)
                    continue
                if response.status != 200:
                    raise _status(url, here, response.status)
                return self._answer(response, here, url, deadline)
            finally:
                close()
        raise TooManyRedirects(
            f"{url} is passed on and on",
            value=f"{MOST_REDIRECTS} redirects, the last to {here}",
            expected="a page",
            todo="open it in a browser and give the address where it ends",
        )

    def _call(self, here: str, url: str, deadline: float) -> tuple[Any, Callable[[], None]]:
        """The response, its body not yet read, and how to let go of it."""
        import urllib3

        host, port, is_secure, path = _taken_apart(here, url)
        left = max(0.1, deadline - time.monotonic())
        timeout = urllib3.Timeout(connect=min(10.0, left), read=left)
        last: Exception | None = None
        for address in self._checked(host, port, here, url):
            pool: urllib3.HTTPConnectionPool
            if is_secure:
                pool = urllib3.HTTPSConnectionPool(
                    str(address),
                    port,
                    timeout=timeout,
                    retries=False,
                    server_hostname=host,
                    assert_hostname=host,
                    ssl_context=_trusted(),
                )
            else:
                pool = urllib3.HTTPConnectionPool(str(address), port, timeout=timeout, retries=False)
            headers = {**_HEADERS, "Host": urlsplit(here).netloc.rpartition("@")[2]}
            try:
                response = pool.urlopen(
                    "GET", path, headers=headers, redirect=False, retries=False, preload_content=False,
                    assert_same_host=False,
                )  # fmt: skip
            except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
                last = error
                pool.close()
                continue
            return response, _both(response.close, pool.close)
        raise _failed(url, here, last)

    def _checked(self, host: str, port: int, here: str, url: str) -> list[Address]:
        """The host's addresses. One that may not be called spoils them all."""
        try:
            addresses = self.look_up(host, port)
        except (OSError, UnicodeError, ValueError) as error:
            raise _failed(url, here, error) from error
        for address in addresses:
            if not self.may_call(address):
                raise PrivateAddress(
                    f"{url} leads to a private address",
                    value=f"{here} is {address}",
                    expected="an address in the public network",
                    todo="save the page and read the file, if you trust it",
                )
        return addresses

    def _answer(self, response: Any, here: str, url: str, deadline: float) -> Answer:
        import urllib3

        limit = self.options.largest_fetch_bytes
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in response.stream(65_536, decode_content=True):
                pieces.append(piece)
                size += len(piece)
                if size > limit:
                    raise too_large(url, limit)
                if time.monotonic() > deadline:
                    raise _failed(url, here, TimeoutError("the page came too slowly"))
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise _failed(url, here, error) from error
        kind, charset = media_type(response.headers.get("Content-Type"))
        return Answer(
            data=b"".join(pieces),
            url=here,
            path=urlsplit(here).path,
            media_type=kind,
            charset=charset,
        )


def _taken_apart(here: str, url: str) -> tuple[str, int, bool, str]:
    """Host, port, whether it is https, and path with query."""
    from urllib.parse import quote

    try:
        parts = urlsplit(here)
        is_secure = parts.scheme == "https"
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"not an http or https address: {here}")
        host = parts.hostname.encode("idna").decode("ascii") if not parts.hostname.isascii() else parts.hostname
        port = parts.port or (443 if is_secure else 80)
    except ValueError as error:  # UnicodeError is one
        raise _failed(url, here, error) from error
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
    )
    return host, port, is_secure, path


def _trusted() -> ssl.SSLContext:
    """The system's certificates, else those that certifi brings."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _both(first: Callable[[], object], second: Callable[[], object]) -> Callable[[], None]:
    def close() -> None:
        first()
        second()

    return close


def _status(url: str, here: str, status: int) -> FetchFailed:
    todo = {
        401: "it asks for a login: save the page from a browser and read the file",
        403: "the server refuses programs: save the page from a browser and read the file",
        404: "check the address",
        410: "it was taken down; look for it in a web archive",
        429: "the server asks for patience: try again later",
    }.get(status, "try again later, or save the page from a browser and read the file")
    return FetchFailed(f"{url} gave no page", value=f"status {status} from {here}", expected="status 200", todo=todo)


def _failed(url: str, here: str, error: Exception | None) -> InputError:
    return FetchFailed(
        f"{url} cannot be fetched",
        value=f"{here}: {type(error).__name__}: {error}"[:300],
        expected="an answer from the server",
        todo="check the address and the network, or save the page from a browser and read the file",
    )
