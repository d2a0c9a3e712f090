"""Fetching a URL: from a server of the test's own, through a transport and a resolver that lead there."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
import pytest

from claimcheck.article import Article, read_url, url
from claimcheck.errors import InputError

PUBLIC = "93.184.215.14"
PAGE = "<title>Rain</title><article><h1>Rain</h1>" + "<p>It rained on Tuesday, said the mayor of the town.</p>" * 2
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Handler(BaseHTTPRequestHandler):
    """Answers with what the test has put at a path: status, headers and body."""

    answers: dict[str, tuple[int, dict[str, str], bytes]]
    seen: list[tuple[str, str]]

    def do_GET(self) -> None:
        self.seen.append((self.headers["host"], self.path))
        status, headers, body = self.answers[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            if headers.get("x-slow"):
                while True:
                    self.wfile.write(b"<p>a</p>")
                    time.sleep(0.05)
            self.wfile.write(body)
        except OSError:
            pass  # the reader has left

    def log_message(self, format: str, *args: object) -> None:
        pass


class Web:
    """A server for all the hosts of the web, and the way there."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.seen: list[tuple[str, str]] = []
        self.addresses = {"paper.example": [PUBLIC]}
        self.connected: list[str] = []
        handler = type("Handler", (Handler,), {"answers": self.answers, "seen": self.seen})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(self, path: str, body: bytes | str, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = 200, {"content-type": kind, **named}, body.encode() if isinstance(body, str) else body

    def redirect(self, path: str, to: str) -> None:
        self.answers[path] = 302, {"location": to}, b""

    def resolve(self, host: str, port: int) -> list[str]:
        if host not in self.addresses:
            raise OSError("no such host")
        return self.addresses[host]

    def read(self, address: str) -> Article:
        return read_url(address, resolve=self.resolve, transport=Detour(self))


class Detour(httpx2.BaseTransport):
    """Takes down which address is asked for, and asks the test's server instead."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self.inner = httpx2.HTTPTransport()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.web.connected.append(request.url.host)
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self.web.server.server_port)
        return self.inner.handle_request(request)

    def close(self) -> None:
        self.inner.close()


@pytest.fixture
def web() -> Iterator[Web]:
    made = Web()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_page_is_read(web: Web) -> None:
    web.put("/rain?a=b", PAGE)
    article = web.read("https://paper.example/rain?a=b#top")
    assert article.text.startswith("Rain\n\nIt rained on Tuesday")
    assert (article.id, article.title) == ("https://paper.example/rain?a=b#top", "Rain")


def test_the_connection_is_made_to_the_address_that_was_checked_and_the_host_is_named(web: Web) -> None:
    web.put("/", PAGE)
    web.read("http://paper.example/")
    assert web.connected == [PUBLIC]
    assert web.seen == [("paper.example", "/")]


def test_a_host_is_looked_up_once_so_that_it_cannot_change(web: Web) -> None:
    web.put("/", PAGE)
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    read_url("http://paper.example/", resolve=lambda host, port: next(answers), transport=Detour(web))
    assert web.connected == [PUBLIC]


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("text/plain", b"It *rained*.\r\n", "It *rained*.\r\n"),
        ("text/markdown; charset=utf-8", b"It *rained*.", "It rained."),
        ("TEXT/HTML", b"<p>It rained.</p>", "It rained."),
        ("application/xhtml+xml", b"<p>It rained.</p>", "It rained."),
    ],
)
def test_the_format_is_what_the_server_says(web: Web, kind: str, body: bytes, text: str) -> None:
    web.put("/", body, kind)
    assert web.read("http://paper.example/").text == text


def test_the_encoding_is_what_the_server_says(web: Web) -> None:
    web.put("/", "<meta charset=utf-8><p>Łódź</p>".encode("iso-8859-2"), "text/html; charset=ISO-8859-2")
    assert web.read("http://paper.example/").text == "Łódź"


def test_a_packed_answer_is_unpacked(web: Web) -> None:
    web.put("/", gzip.compress(PAGE.encode()), content_encoding="gzip")
    assert "It rained" in web.read("http://paper.example/").text


def test_redirects_are_followed_and_relative_ones_too(web: Web) -> None:
    web.addresses["www.paper.example"] = ["2606:2800:21f::1"]
    web.redirect("/1", "//www.paper.example/2")
    web.redirect("/2", "3")
    web.put("/3", PAGE)
    assert "It rained" in web.read("http://paper.example/1").text
    assert web.connected == [PUBLIC, "2606:2800:21f::1", "2606:2800:21f::1"]


def refusal(web: Web, address: str) -> str:
    with pytest.raises(InputError) as caught:
        web.read(address)
    return str(caught.value)


def test_five_redirects_are_followed_and_a_sixth_is_not(web: Web) -> None:
    for n in range(6):
        web.redirect(f"/{n}", f"/{n + 1}")
    web.put("/6", PAGE)
    assert "It rained" in web.read("http://paper.example/1").text
    assert "redirects more than 5 times" in refusal(web, "http://paper.example/0")


PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "192.0.0.8", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
    "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:c0a8:101::1",
    "2001:0:4136:e378:8000:63bf:f5ff:fffe", "100::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_not_connected_to(web: Web, address: str) -> None:
    web.addresses["inside.example"] = [address]
    assert "not on the public internet" in refusal(web, "http://inside.example/")
    assert web.connected == []


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:2800:21f::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_a_public_address_is_connected_to(web: Web, address: str) -> None:
    web.put("/", PAGE)
    web.addresses["paper.example"] = [address]
    assert web.read("http://paper.example/").text
    assert len(web.connected) == 1


def test_one_private_address_among_public_ones_is_enough_to_refuse(web: Web) -> None:
    web.addresses["paper.example"] = [PUBLIC, "10.0.0.1"]
    assert "not on the public internet" in refusal(web, "http://paper.example/")


def test_a_redirect_to_a_private_address_is_not_followed(web: Web) -> None:
    web.addresses["inside.example"] = ["169.254.169.254"]
    web.redirect("/", "http://inside.example/latest/meta-data")
    assert "not on the public internet" in refusal(web, "http://paper.example/")
    assert web.connected == [PUBLIC]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "017700000001", "127.1", "[::ffff:127.0.0.1]"]
)
def test_no_way_of_writing_this_machine_is_fetched(host: str) -> None:
    with pytest.raises(InputError, match=r"not on the public internet|no such host|no address|cannot be fetched"):
        read_url(f"http://{host}:9/")


@pytest.mark.parametrize(
    "address",
    ["", "paper.example/rain", "file:///etc/passwd", "ftp://paper.example/", "data:text/html,a", "http://", "http:///a",
     "//paper.example/", "http://[::1", "http://paper.example:99999/", "http://paper.example:0/",
     "javascript:alert(1)", "http://a\0b/", "\ud800"],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused(web: Web, address: str) -> None:
    assert refusal(web, address)
    assert web.connected == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://paper.example/", "http://[", "gopher://paper.example"])
def test_a_redirect_elsewhere_than_the_web_is_refused(web: Web, target: str) -> None:
    web.redirect("/", target)
    assert refusal(web, "http://paper.example/")
    assert web.connected == [PUBLIC]


def test_an_address_with_a_password_is_refused_without_repeating_it(web: Web) -> None:
    message = refusal(web, "http://me:secret@paper.example/")
    assert "password" in message
    assert "secret" not in message


def test_a_host_that_is_unknown_is_named(web: Web) -> None:
    assert "no such host gone.example" in refusal(web, "http://gone.example/")


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/json", "", "text/htmlx"])
def test_another_type_is_refused(web: Web, kind: str) -> None:
    web.put("/", PAGE, kind)
    assert "not an article" in refusal(web, "http://paper.example/")


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 500, 503])
def test_an_error_of_the_server_is_told(web: Web, status: int) -> None:
    web.answers["/"] = status, {"content-type": "text/html"}, PAGE.encode()
    assert str(status) in refusal(web, "http://paper.example/")


def test_an_answer_that_is_too_large_is_refused_packed_or_not(web: Web) -> None:
    large = b"<p>" + b"a" * url.MAX_BYTES
    web.put("/plain", large)
    web.put("/packed", gzip.compress(large), content_encoding="gzip")
    assert "larger than 5 MB" in refusal(web, "http://paper.example/plain")
    assert "larger than 5 MB" in refusal(web, "http://paper.example/packed")


def test_an_answer_packed_twice_is_refused(web: Web) -> None:
    web.put("/", gzip.compress(gzip.compress(PAGE.encode())), content_encoding="gzip, gzip")
    assert "packed" in refusal(web, "http://paper.example/")


def test_an_answer_that_claims_to_be_packed_is_refused(web: Web) -> None:
    web.put("/", PAGE, content_encoding="gzip")
    assert "cannot be fetched" in refusal(web, "http://paper.example/")


def test_a_server_that_sends_a_byte_now_and_then_is_left(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(url, "MAX_SECONDS", 0.5)
    web.put("/", b"", x_slow="yes")
    assert "took longer than 0.5 seconds" in refusal(web, "http://paper.example/")


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"
PACKED = HEAD + b"content-encoding: gzip\r\n\r\n\x1f\x8b\x08" + b"\0" * 7
DRIPS = {
    "body": (HEAD + b"\r\n<p>", b"a"),
    "headers": (HEAD + b"x-a: ", b"a"),
    "packed": (PACKED, b"\0\0\0\xff\xff"),  # blocks of nothing
    "nothing": (b"", b""),
}


@pytest.fixture
def dripping(request: pytest.FixtureRequest) -> Iterator[tuple[int, threading.Event]]:
    """The port of a server that begins an answer and goes on by a drop now and then, and whether it was left."""
    begin, drop = DRIPS[request.param]
    left, over = threading.Event(), threading.Event()

    def answer() -> None:
        with suppress(OSError), server.accept()[0] as connection:
            connection.recv(65_536)
            connection.sendall(begin)
            connection.settimeout(0.02)
            while not over.wait(0.03):
                connection.sendall(drop)
                with suppress(TimeoutError):
                    if not connection.recv(1):
                        break
        left.set()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield server.getsockname()[1], left
        over.set()
        thread.join(10)


@pytest.mark.parametrize("dripping", DRIPS, indirect=True)
def test_of_a_fetch_that_took_too_long_neither_thread_nor_connection_is_left(
    dripping: tuple[int, threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, left = dripping
    monkeypatch.setattr(url, "MAX_SECONDS", 1)
    monkeypatch.setattr(url, "_is_public", lambda address: True)
    transport = httpx2.HTTPTransport()  # made here, as it takes a while
    with pytest.raises(InputError, match="took longer than 1 seconds"):
        read_url(f"http://drip.example:{port}/", resolve=lambda host, port: ["127.0.0.1"], transport=transport)
    assert left.wait(10)
    for thread in threading.enumerate():
        if thread.name == "claimcheck-url":
            thread.join(10)
            assert not thread.is_alive()


def test_a_name_service_that_answers_too_late_leads_to_no_connection(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(url, "MAX_SECONDS", 0.2)
    late = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        late.wait(10)
        return [PUBLIC]

    with pytest.raises(InputError, match="took longer"):
        read_url("http://paper.example/", resolve=resolve, transport=Detour(web))
    (thread,) = (t for t in threading.enumerate() if t.name == "claimcheck-url")
    late.set()
    thread.join(10)
    assert not thread.is_alive()
    assert web.connected == []


def test_a_name_service_that_does_not_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(url, "MAX_SECONDS", 0.2)
    done = threading.Event()
    with pytest.raises(InputError, match=r"took longer than 0\.2 seconds"):
        read_url("http://paper.example/", resolve=lambda host, port: [PUBLIC][: done.wait(5)])
    done.set()


def test_proxies_of_the_user_are_not_used(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    web.put("/", PAGE)
    assert web.read("http://paper.example/").text
