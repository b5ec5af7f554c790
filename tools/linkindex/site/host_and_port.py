"""A place on this computer at which a site can be shown."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple

_HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?")


class Address(NamedTuple):
    """A place to show the site at."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parsed_address(text: str) -> Address:
    """A host and a port, such as ``127.0.0.1:8000`` or ``[::1]:8000``.

    :raises ValueError: when it is neither.
    """
    host, _, port = text.rpartition(":")
    if not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise ValueError(text)
    if host.startswith("[") and host.endswith("]"):
        return Address(str(ipaddress.IPv6Address(host[1:-1])), int(port))
    if not _HOST_NAME.fullmatch(host):
        raise ValueError(text)
    return Address(host, int(port))
