"""Real web servers on loopback, each with the settings that it is given and little besides."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support.lacking import skip_or_fail

NAMES = {"nginx": "nginx", "apache": "apache2", "caddy": "caddy"}
"""The program of each server."""

_TRIES = 5
"""Ports that are tried, since another program may take one in the moment between."""
_PATIENCE = 120.0
"""Seconds in which a server begins to answer, or is called stuck."""


def program(name: str) -> str | None:
    """A server, as ``tests/support/find-servers`` finds it."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    return shutil.which(NAMES[name], path=path)


def needed(name: str) -> None:
    """Without a server the test is skipped, and in CI it fails."""
    if program(name) is None:
        skip_or_fail(f"{name} is missing; tests/support/find-servers says how to install it")


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that all can enter, as Apache needs it, which gives up being root.

    That of pytest is its owner's alone.
    """
    folder = Path(tempfile.mkdtemp(prefix="linkindex-hosts-"))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def copy_site(site: Path, place: Path) -> None:
    """Put a site where a server finds it, as links to its files where that can be."""
    shutil.copytree(site, place, copy_function=_linked)
    for inside, _, _ in os.walk(place):
        Path(inside).chmod(0o755)


def _linked(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@contextlib.contextmanager
def serving(name: str, settings: str, folder: Path, *, as_snippet: bool) -> Iterator[str]:
    """A server with its settings, and the address that it answers at, without a slash.

    :param settings: what ``linkindex host`` wrote.
    :param folder: one that all can read, for what the server needs beside the site.
    :param as_snippet: whether the settings belong into those of a host that is there already.
    """
    for _ in range(_TRIES):
        port = _free_port()
        command = _PREPARED[name](settings, folder, port, as_snippet)
        log = folder / "log.txt"
        with log.open("w") as written:
            server = subprocess.Popen(
                command, stdout=written, stderr=written, env=_environment(folder)
            )
        try:
            if _answers(server, port):
                yield f"http://127.0.0.1:{port}"
                return
            said = log.read_text("utf-8", errors="replace")
            if not re.search(r"address already in use|could not bind", said, re.IGNORECASE):
                raise AssertionError(f"{name} did not start:\n{said}")
        finally:
            server.terminate()
            server.wait()
    raise AssertionError(f"{name} found no free port")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    """Whether it takes connections, once it does or has ended."""
    deadline = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return server.poll() is None
        time.sleep(0.02)
    return False


def _environment(folder: Path) -> dict[str, str]:
    """Caddy keeps what it knows in the home of whoever runs it."""
    return os.environ | {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}


def _nginx(settings: str, folder: Path, port: int, as_snippet: bool) -> list[str]:
    if as_snippet:
        (folder / "snippet.conf").write_text(settings)
        settings = f"server {{ listen 127.0.0.1:{port}; include {folder}/snippet.conf; }}"
    else:
        settings = _changed(settings, "listen 80;", f"listen 127.0.0.1:{port};")
        settings = _changed(settings, "listen [::]:80;", "")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    types = next(path for path in map(Path, _MIME_TYPES) if path.is_file())
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log stderr;\n"
        + ("user root;\n" if os.getuid() == 0 else "")
        + f"events {{}}\nhttp {{\ninclude {types};\ndefault_type application/octet-stream;\n"
        f"access_log off;\n{temporary}\n{settings}\n}}\n"
    )
    return [_found("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]


_MIME_TYPES = ("/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types")


_APACHE_MODULES = ("authz_core", "deflate", "dir", "filter", "headers", "mime", "rewrite")


def _apache(settings: str, folder: Path, port: int, as_snippet: bool) -> list[str]:
    """Apache reads its settings from the folder of the site, as it does on the host of others."""
    modules = Path("/usr/lib/apache2/modules")
    root = re.search(r"the folder of the site, (\S+),", settings)
    assert root
    (Path(root[1]) / ".htaccess").write_text(settings)
    served = folder / "www"
    loaded = "".join(
        f"LoadModule {name}_module {modules}/mod_{name}.so\n"
        for name in ("mpm_event", *_APACHE_MODULES)
    )
    types = "/etc/mime.types" if Path("/etc/mime.types").is_file() else str(_own_types(folder))
    (folder / "apache.conf").write_text(
        f'{loaded}ServerRoot "{folder}"\nListen 127.0.0.1:{port}\nServerName 127.0.0.1\n'
        f"PidFile {folder}/pid\nErrorLog {folder}/log.txt\nMutex file:{folder} default\n"
        f"TypesConfig {types}\nDocumentRoot {served}\n"
        + ("User www-data\nGroup www-data\n" if os.getuid() == 0 else "")
        + f"<Directory {served}>\nOptions Indexes FollowSymLinks\n"
        "AllowOverride FileInfo Indexes\nRequire all granted\n</Directory>\n"
    )
    return [_found("apache"), "-D", "FOREGROUND", "-f", str(folder / "apache.conf")]


def _own_types(folder: Path) -> Path:
    path = folder / "mime.types"
    path.write_text(
        "text/html html htm\ntext/css css\ntext/javascript js\napplication/json json\n"
        "image/svg+xml svg\napplication/xml xml\napplication/pdf pdf\nimage/png png\n"
        "text/plain txt\napplication/gzip gz\n"
    )
    return path


def _caddy(settings: str, folder: Path, port: int, as_snippet: bool) -> list[str]:
    address = f"http://127.0.0.1:{port}"
    if as_snippet:
        (folder / "snippet").write_text(settings)
        settings = f"{address} {{\n\timport {folder}/snippet\n}}\n"
    else:
        settings, count = re.subn(r"(?m)^\S+ \{$", f"{address} {{", settings)
        assert count == 1
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{settings}")
    return [_found("caddy"), "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"]


def _found(name: str) -> str:
    found = program(name)
    assert found
    return found


def _changed(settings: str, before: str, after: str) -> str:
    assert settings.count(before) == 1
    return settings.replace(before, after)


_PREPARED: dict[str, Callable[[str, Path, int, bool], list[str]]] = {
    "nginx": _nginx,
    "apache": _apache,
    "caddy": _caddy,
}
