"""Asking whether a host is there at all, where linkchecker's answer was cut off."""

from __future__ import annotations

import socket
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor, wait

from linkindex.links.verdicts import Host, HostAnswer

_NO_SUCH_NAME = {
    code
    for name in ("EAI_NONAME", "EAI_NODATA")
    if (code := getattr(socket, name, None)) is not None
}
_SAME_TIME = 8


def knock(hosts: Collection[Host], patience: float) -> dict[Host, HostAnswer]:
    """Look up the name of each host and open a connection to it; nothing is sent.

    :param patience: seconds after which whatever is still open counts as unknown.
    """
    pool = ThreadPoolExecutor(_SAME_TIME)
    asked = {host: pool.submit(_answer, host, patience) for host in hosts}
    wait(asked.values(), timeout=patience)
    pool.shutdown(wait=False, cancel_futures=True)
    return {
        host: future.result() if future.done() and not future.cancelled() else HostAnswer.UNKNOWN
        for host, future in asked.items()
    }


def _answer(host: Host, patience: float) -> HostAnswer:
    try:
        with socket.create_connection(host, timeout=patience):
            return HostAnswer.ANSWERS
    except socket.gaierror as error:
        return HostAnswer.MISSING if error.errno in _NO_SUCH_NAME else HostAnswer.UNKNOWN
    except ConnectionRefusedError:
        return HostAnswer.REFUSES
    except (OSError, UnicodeError, OverflowError):
        return HostAnswer.UNKNOWN
