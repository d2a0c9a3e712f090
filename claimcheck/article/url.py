"""A URL: the article of a page on the web, fetched only where a person asks for it.

Whoever chooses the address must not get at what only this machine can reach. So an address is resolved here, each of
what it resolves to is checked, and the connection is made to the address that was checked, again for every redirect: a
name that resolves to something else a moment later gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from claimcheck.article import files
from claimcheck.article.types import Article, require
from claimcheck.errors import InputError

if TYPE_CHECKING:
    import httpx2

MAX_BYTES = 5_000_000
"""Largest answer, in bytes, unpacked."""

MAX_REDIRECTS = 5
"""How often the server may send us elsewhere."""

MAX_SECONDS = 30.0
"""The time that all of it may take, in seconds, from the first look-up to the last byte."""

_FORMATS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "plain",
    "text/markdown": "markdown",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_HEADERS = {
    "user-agent": "claimcheck",
    "accept": ", ".join(_FORMATS),
    "accept-encoding": "gzip, deflate",
}

_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = [
    # What the registry of special addresses has and older versions of Python take for global.
    ipaddress.ip_network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "2001:db8::/32", "3fff::/20")
]

Resolver = Callable[[str, int], Iterable[str]]
"""From a host and a port to its addresses."""

_Answer: TypeAlias = "tuple[httpx2.Response, bytes]"


def read_url(url: str, *, resolve: Resolver | None = None, transport: httpx2.BaseTransport | None = None) -> Article:
    """Read the article at a URL: HTML, plain text, Markdown or a Word document, told apart by what the server says.

    Nothing but http and https at public addresses is fetched, at most `MAX_REDIRECTS` redirects are followed, and no
    proxy, cookie or password of the user is used. `resolve` and `transport` replace the system's name service and
    network. The article's id is the URL as given.

    Raises:
        InputError: where the URL is none or not public, cannot be reached, answers with an error or with something that
            is no article, is larger than `MAX_BYTES`, or takes longer than `MAX_SECONDS`.
    """
    require("httpx2", "Fetching a URL", repr(url))
    answer, data = _within_time(url, lambda limit: _follow(url, resolve or _resolve, transport, limit))
    return _read(url, answer, data)


class _Limit:
    """When a fetch must be over, and the connection that it waits at, which is then cut."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._connection: Any = None

    @property
    def over(self) -> bool:
        return time.monotonic() >= self._end

    def left(self) -> float:
        """The seconds that are left.

        Raises:
            TimeoutError: if there are none. Nobody waits any more to hear it: it ends the thread.
        """
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    def trace(self, step: str, info: Mapping[str, Any]) -> None:
        """Told by httpx2 of each step of a request."""
        if step in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._connection = info["return_value"]
        elif step == "http11.send_request_headers.started":
            self.left()  # it may have been made too late to be cut

    def cut(self) -> None:
        """End what is read from the connection. Closing it here would leave the thread waiting at it."""
        if self._connection is not None:
            with suppress(OSError):  # it is closed already
                self._connection.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


def _within_time(url: str, fetch: Callable[[_Limit], _Answer]) -> _Answer:
    """What `fetch` returns or raises; `InputError` after `MAX_SECONDS`.

    A thread of its own, as nothing else ends a name service that does not answer, or a server that sends a byte now and
    then: time limits of sockets begin anew with every byte. What comes too late is dropped, and the thread ends: at
    once where it waits for a server, else when the name service has answered.
    """
    outcome: list[_Answer | BaseException] = []
    limit = _Limit(MAX_SECONDS)

    def run() -> None:
        try:
            outcome.append(fetch(limit))
        except BaseException as error:
            outcome.append(error)

    thread = threading.Thread(target=run, daemon=True, name="claimcheck-url")
    thread.start()
    thread.join(MAX_SECONDS)
    if not outcome or limit.over:
        limit.cut()
        raise InputError(f"{url}: took longer than {MAX_SECONDS:g} seconds. Try again, or save the page.")
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


def _follow(url: str, resolve: Resolver, transport: httpx2.BaseTransport | None, limit: _Limit) -> _Answer:
    """The last answer to a URL and its body, after all redirects."""
    import httpx2

    current = url
    try:
        with httpx2.Client(transport=transport, trust_env=False, follow_redirects=False, headers=_HEADERS) as client:
            for _ in range(MAX_REDIRECTS + 1):
                answer, data = _fetch(client, httpx2.URL(current), resolve, limit)
                if answer.status_code not in _REDIRECTS:
                    return answer, data
                current = str(httpx2.URL(current).join(answer.headers.get("location", "")))
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise InputError(f"{url!r}: cannot be fetched ({error}). Check the address, or save the page.") from error
    raise InputError(f"{url}: redirects more than {MAX_REDIRECTS} times. Give the address that it ends at.")


def _fetch(client: httpx2.Client, url: httpx2.URL, resolve: Resolver, limit: _Limit) -> _Answer:
    """The answer to one request and its body, which is empty for a redirect or an error.

    Raises:
        TimeoutError: after the limit, between two steps or two pieces of the body.
    """
    if url.scheme not in _PORTS or not url.host:
        raise InputError(f"{str(url)!r}: is no address of a page. It must start with http:// or https://.")
    if url.port is not None and not 0 < url.port < 65_536:
        raise InputError(f"{str(url)!r}: is no address of a page ({url.port} is no port).")
    if url.userinfo:
        raise InputError(f"{url.scheme}://{url.host}: an address with a name or password in it is not fetched.")
    host = url.raw_host.decode("ascii").strip("[]")
    address = _public_address(str(url), host, resolve, url.port or _PORTS[url.scheme])
    # The connection is made to the address that was checked; name and certificate are those of the host.
    request = client.build_request(
        "GET",
        url.copy_with(host=address, fragment=None),
        headers={"host": url.netloc.decode("ascii")},
        timeout=limit.left(),
        extensions={"sni_hostname": host, "trace": limit.trace},
    )
    answer = client.send(request, stream=True)
    try:
        if not answer.is_success:
            return answer, b""
        if answer.headers.get("content-encoding", "").lower() not in ("", "identity", "gzip", "deflate"):
            # Packed several times, a kilobyte can be more than any memory.
            raise InputError(f"{url}: is packed in a way that was not asked for. Save the page instead.")
        data = bytearray()
        for chunk in answer.iter_bytes():  # as they come: to fill larger ones may take for ever
            limit.left()
            data += chunk
            if len(data) > MAX_BYTES:
                raise InputError(
                    f"{url}: larger than {MAX_BYTES / 1_000_000:g} MB. Save the article and check the file instead."
                )
        return answer, bytes(data)
    finally:
        answer.close()


def _read(url: str, answer: httpx2.Response, data: bytes) -> Article:
    """The article in a server's last answer."""
    if not answer.is_success:
        raise InputError(
            f"{url}: the server answers {answer.status_code} {answer.reason_phrase}. Check the address; if the page "
            "needs a login, save it and check the file."
        )
    kind, _, _ = answer.headers.get("content-type", "").partition(";")
    format = _FORMATS.get(kind.strip().lower())
    if format is None:
        raise InputError(
            f"{url}: is {kind.strip() or 'of no type that the server names'}, not an article that is read."
        )
    if format == "html":
        from claimcheck.article import html

        return html.read(data, url, url, charset=answer.charset_encoding)
    return files.reader(format)(data, url, url)


def _resolve(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's name service."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _public_address(url: str, host: str, resolve: Resolver, port: int) -> str:
    """The first of a host's addresses; `InputError` where there is none or one of them is not public."""
    try:
        found = [ipaddress.ip_address(address.partition("%")[0]) for address in resolve(host, port)]
    except (OSError, ValueError) as error:
        raise InputError(f"{url}: no such host {host}. Check the address.") from error
    if not found:
        raise InputError(f"{url}: no such host {host}. Check the address.")
    if not all(map(_is_public, found)):
        raise InputError(
            f"{url}: {host} is not on the public internet ({found[0]}), and is not fetched. Save the page and check "
            "the file."
        )
    return str(found[0])


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one of the public internet, and stands for none of another kind."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return _is_public(address.ipv4_mapped)
        if address in _NAT64:
            return _is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        inside = [address.sixtofour, *(address.teredo or ())]
        if address not in _UNICAST or not all(_is_public(inner) for inner in inside if inner is not None):
            return False
    special = any(address.version == network.version and address in network for network in _NOT_PUBLIC)
    return address.is_global and not address.is_multicast and not special
