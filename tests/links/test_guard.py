"""Rules of the guard: no request goes inside a network, whatever leads there."""

import asyncio
import errno
import gc
import http.server
import socket
import sys
import threading
import warnings
from contextlib import nullcontext, suppress
from typing import ClassVar

import httpx
import pytest

from linkindex.links.asking.answers import REFUSED_BY_GUARD, Host, HostAnswer
from linkindex.links.asking.guard import Guard
from linkindex.links.model import LinksError
from tests.links.misbehaving import MisbehavingServer, closed_port

INSIDE = [
    *("127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("::1", "fe80::1", "fd00:ec2::254", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"),
    *("224.0.0.1", "198.18.0.1"),
]


def get(guard, address):
    return httpx.get(address, proxy=guard.address, trust_env=False, timeout=60)


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_a_network_is_not_connected_to(address):
    with Guard(resolve=lambda _name, _port: [address]) as guard:
        answer = get(guard, "http://rebound.test/")
        assert answer.status_code == REFUSED_BY_GUARD
        assert guard.answer(Host("rebound.test", 80)) is HostAnswer.PRIVATE


def test_a_name_that_leads_both_outside_and_inside_is_not_connected_to():
    with Guard(resolve=lambda _name, _port: ["93.184.215.14", "10.0.0.1"]) as guard:
        assert get(guard, "http://both.test/").status_code == REFUSED_BY_GUARD


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "localhost"])
def test_this_computer_is_not_asked_in_any_spelling(host):
    with MisbehavingServer() as server, Guard() as guard:
        answer = get(guard, f"http://{host}:{server.server_port}/ok")
        assert answer.status_code == REFUSED_BY_GUARD
        assert server.asked == []


def test_a_tunnel_into_a_network_is_refused_too():
    with MisbehavingServer() as server, Guard() as guard:
        with pytest.raises(httpx.ProxyError):
            get(guard, f"https://127.0.0.1:{server.server_port}/ok")
        assert server.asked == []
        assert guard.answer(Host("127.0.0.1", server.server_port)) is HostAnswer.PRIVATE


def test_only_this_computer_is_allowed_to_tests():
    with MisbehavingServer() as server, Guard(loopback=True) as guard:
        assert get(guard, server.address("/ok")).status_code == 200
    with Guard(loopback=True, resolve=lambda _name, _port: ["10.0.0.1"]) as guard:
        assert get(guard, "http://inside.test/").status_code == REFUSED_BY_GUARD


def test_what_was_judged_is_what_is_connected_to():
    """A name that changes its meaning between two look-ups gains nothing: there is one."""
    looked_up = []

    def resolve(name, _port):
        looked_up.append(name)
        return ["127.0.0.1"] if len(looked_up) == 1 else ["10.0.0.1"]

    with MisbehavingServer() as server, Guard(loopback=True, resolve=resolve) as guard:
        address = f"http://name.test:{server.server_port}/ok"
        assert get(guard, address).status_code == 200
        assert get(guard, address).status_code == 200
    assert len(looked_up) == 1


def fails(error):
    def resolve(_name, _port):
        raise error

    return resolve


@pytest.mark.parametrize("code", [socket.EAI_NONAME, socket.EAI_AGAIN])
def test_a_name_that_could_not_be_looked_up_is_looked_up_again(code):
    looked_up = []

    def resolve(name, _port):
        looked_up.append(name)
        if len(looked_up) == 1:
            raise socket.gaierror(code, "")
        return ["127.0.0.1"]

    with MisbehavingServer() as server, Guard(loopback=True, resolve=resolve) as guard:
        address = f"http://name.test:{server.server_port}/ok"
        assert get(guard, address).status_code == REFUSED_BY_GUARD
        assert [get(guard, address).status_code for _ in range(2)] == [200, 200]
    assert len(looked_up) == 2


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (socket.gaierror(socket.EAI_NONAME, ""), HostAnswer.MISSING),
        (socket.gaierror(socket.EAI_AGAIN, ""), HostAnswer.UNRESOLVED),
    ],
)
def test_a_resolver_that_is_away_does_not_make_a_host_missing(error, answer):
    with Guard(resolve=fails(error)) as guard:
        assert get(guard, "http://name.test/").status_code == REFUSED_BY_GUARD
        assert guard.answer(Host("name.test", 80)) is answer


def test_a_name_that_a_network_blocks_is_not_missing():
    with Guard(resolve=lambda _name, _port: ["0.0.0.0"]) as guard:
        get(guard, "http://blocked.test/")
        assert guard.answer(Host("blocked.test", 80)) is HostAnswer.UNRESOLVED


def test_a_port_without_a_server_refuses():
    port = closed_port()
    with Guard(loopback=True) as guard:
        get(guard, f"http://127.0.0.1:{port}/")
        assert guard.answer(Host("127.0.0.1", port)) is HostAnswer.REFUSES


class _Upstream(http.server.BaseHTTPRequestHandler):
    asked: ClassVar[list] = []

    def do_GET(self):
        self.asked.append((self.path, self.headers["Proxy-Authorization"]))
        self.send_response(204)
        self.end_headers()

    def do_CONNECT(self):
        self.asked.append((self.path, self.headers["Proxy-Authorization"]))
        self.send_response(403)
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def upstream():
    """The proxy of an office, which lets pages through and tunnels not."""
    _Upstream.asked.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Upstream)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://me:secret@127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_where_the_network_has_a_proxy_requests_go_through_it(upstream):
    unknown = fails(socket.gaierror(socket.EAI_NONAME, ""))
    with Guard(resolve=unknown, upstream=upstream) as guard:
        assert get(guard, "http://name.test/page?x=1").status_code == 204
        with pytest.raises(httpx.ProxyError):
            get(guard, "https://name.test/")
        assert guard.answer(Host("name.test", 443)) is HostAnswer.PROXY
    assert [path for path, _ in _Upstream.asked] == ["http://name.test/page?x=1", "name.test:443"]
    assert all(login == "Basic bWU6c2VjcmV0" for _, login in _Upstream.asked)


def test_the_proxy_of_a_network_is_not_asked_for_what_lies_inside_it(upstream):
    with Guard(upstream=upstream) as guard:
        for address in ("http://10.0.0.1/", "http://169.254.169.254/", "http://intranet/"):
            assert get(guard, address).status_code == REFUSED_BY_GUARD
    assert _Upstream.asked == []


def half_asked(guard):
    """A connection to the guard in the middle of a request."""
    host, port = guard.address.removeprefix("http://").split(":")
    near = socket.create_connection((host, int(port)), timeout=60)
    near.sendall(b"GET http://")
    return near


@pytest.mark.parametrize("error", [None, KeyboardInterrupt])
def test_leaving_the_guard_ends_its_thread_its_port_and_its_connections(error, caplog):
    def left():
        with Guard(loopback=True) as guard:
            near.append(half_asked(guard))
            get(guard, f"http://127.0.0.1:{closed_port()}/")  # what came before it is served, too
            addresses.append(guard.address)
            if error:
                raise error

    before, near, addresses = set(threading.enumerate()), [], []
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        with pytest.raises(error) if error else nullcontext():
            left()
        gc.collect()
    assert [str(warning.message) for warning in warned] == []
    assert [record.getMessage() for record in caplog.records] == []
    assert "guard" not in {thread.name for thread in set(threading.enumerate()) - before}
    with near[0], suppress(ConnectionError):
        assert near[0].recv(1) == b""
    with pytest.raises(httpx.ConnectError):
        httpx.get(addresses[0], trust_env=False)


def test_where_no_port_can_be_opened_it_is_said_and_nothing_is_left(monkeypatch):
    async def refused(*_arguments, **_options):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    before = set(threading.enumerate())
    monkeypatch.setattr(asyncio, "start_server", refused)
    with pytest.raises(LinksError, match=r"not permitted.*allow connections"), Guard():
        pass
    assert set(threading.enumerate()) <= before


@pytest.fixture
def never_answering():
    """A port, and the addresses at it: where it is never answered, and where it is."""
    with MisbehavingServer("127.0.0.1") as server:
        silent = socket.socket()
        silent.bind(("127.0.0.9", server.server_port))
        silent.listen(0)
        # Who comes when its queue is full gets no answer at all.
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(silent.getsockname())
        yield server, "127.0.0.9", "127.0.0.1"
        for one in (*waiting, silent):
            one.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a full queue refuses")
def test_where_one_address_of_a_host_never_answers_the_next_is_tried(never_answering):
    server, silent, answering = never_answering

    def resolve(_name, _port):
        return [silent, answering]

    with Guard(loopback=True, resolve=resolve) as guard:
        address = f"http://two.test:{server.server_port}/ok"
        assert httpx.get(address, proxy=guard.address, trust_env=False, timeout=60).is_success
        assert guard.answer(Host("two.test", server.server_port)) is HostAnswer.ANSWERS


def test_where_one_address_of_a_host_refuses_the_next_is_tried_at_once():
    with MisbehavingServer("127.0.0.1") as server:

        def resolve(_name, _port):
            return ["127.0.0.8", "127.0.0.1"]

        with Guard(loopback=True, resolve=resolve) as guard:
            assert get(guard, f"http://two.test:{server.server_port}/ok").is_success


def test_a_host_that_is_to_be_left_alone_is_not_connected_to():
    with MisbehavingServer() as server, Guard(loopback=True) as guard:
        guard.leave_alone(Host("127.0.0.1", 80))
        assert get(guard, server.address("/ok")).status_code == REFUSED_BY_GUARD
        assert guard.answer(Host("127.0.0.1", server.server_port)) is HostAnswer.LEFT_ALONE
        assert server.asked == []


def test_a_look_up_that_never_ends_is_not_waited_for_and_keeps_nothing_from_ending():
    never = threading.Event()

    def resolve(_name, _port):
        never.wait(60)
        return ["127.0.0.1"]

    with Guard(loopback=True, resolve=resolve, look_up_patience=0.2) as guard:
        assert get(guard, "http://name.test/").status_code == REFUSED_BY_GUARD
        assert guard.answer(Host("name.test", 80)) is HostAnswer.UNRESOLVED
        assert all(thread.daemon for thread in threading.enumerate() if thread.name == "name")
    never.set()
