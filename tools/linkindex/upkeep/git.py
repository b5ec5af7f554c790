"""Asking git, where the answer decides: a program that is missing or refuses is said so."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from linkindex.catalogue import LinkIndexError
from linkindex.catalogue.problems import on_one_line, shown

_LONGEST_SECONDS = 300
"""A large repository over a slow line takes minutes; what takes longer hangs."""


class GitError(LinkIndexError):
    """Git could not do what it was asked to; the message is its own last word."""


@dataclass(frozen=True)
class Git:
    """Git in one folder.

    :ivar environment: all that the program finds in its environment.
    """

    program: str
    folder: Path
    environment: Mapping[str, str]

    def at(self, folder: Path) -> Git:
        """The same in another folder."""
        return replace(self, folder=folder)

    def status(self, *words: str) -> int:
        """The exit code of a command of git."""
        return self._ran(*words).returncode

    def output(self, *words: str) -> bytes:
        """What a command of git writes.

        :raises GitError: when it fails.
        """
        done = self._ran(*words)
        if done.returncode:
            raise GitError(_last_word(done.stderr) or f"git {words[0]} failed")
        return done.stdout

    def _ran(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - the program that was found, and words of ours
                [self.program, *words],
                cwd=self.folder,
                env=self.environment,
                capture_output=True,
                timeout=_LONGEST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise GitError(f"git {words[0]} did not end within {_LONGEST_SECONDS} s") from None
        except OSError as error:
            raise GitError(f"git cannot be run in {on_one_line(self.folder)} ({error})") from None


def git_in(folder: Path, environment: Mapping[str, str]) -> Git:
    """Git in a folder.

    :param environment: what is added to that of this program.
    :raises LinkIndexError: when there is no git.
    """
    program = shutil.which("git")
    if program is None:
        raise LinkIndexError(
            "git is not installed, and this needs it; install it from https://git-scm.com"
        )
    # Nobody is there to be asked for a password.
    return Git(program, folder, {**os.environ, "GIT_TERMINAL_PROMPT": "0", **environment})


def with_token(server: str, user: str, token: str) -> dict[str, str]:
    """An environment in which git shows a token to one server alone.

    So it stands in no file and in no list of processes.
    """
    if not token:
        return {}
    credentials = base64.b64encode(f"{user}:{token}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.{server.rstrip('/')}/.extraheader",
        "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {credentials}",
    }


def _last_word(said: bytes) -> str:
    lines = said.decode("utf-8", errors="replace").strip().splitlines()
    return shown(lines[-1], 200) if lines else ""
