"""An event loop in a thread of its own, for what goes on while a check does something else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from types import TracebackType
from typing import Any, TypeVar

_Result = TypeVar("_Result")

PATIENCE = 10.0
"""Seconds that what still runs may take to end once it is cancelled."""


class Background:
    """Runs coroutines while it is entered, once.

    Leaving it cancels what still runs, once that has taken its first step and so can close what it
    was given, and closes the loop. It raises nothing, so an exception that is on its way goes on.
    What does not end within :data:`PATIENCE` is left behind: its thread keeps no program from
    ending.

    :param name: the name of the thread.
    :param patience: seconds that what still runs may take to end.
    """

    def __init__(self, name: str, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._name = name
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running: set[Future[Any]] = set()
        self._one_at_a_time = threading.Lock()

    def __enter__(self) -> Background:
        if self._thread is not None:
            raise RuntimeError(f"{self._name} was entered before")
        loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=_run, args=(loop,), name=self._name, daemon=True)
        try:
            self._thread.start()
        except RuntimeError:  # no thread could be had
            loop.close()
            raise
        self._loop = loop
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        with self._one_at_a_time:
            # Nothing can be begun after the order to stop, and left without having begun.
            loop, self._loop = self._loop, None
            if loop is not None:
                loop.call_soon_threadsafe(loop.stop)
        if self._thread is not None:
            self._thread.join(self._patience)

    def begin(self, coroutine: Coroutine[Any, Any, _Result]) -> Future[_Result]:
        """Run a coroutine. What is returned says what comes of it.

        :raises RuntimeError: where this is not entered.
        """
        with self._one_at_a_time:
            if self._loop is None:
                coroutine.close()
                raise RuntimeError(f"{self._name} is not running")
            begun = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        self._running.add(begun)  # nothing else holds it
        begun.add_done_callback(self._running.discard)
        return begun


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
        while running := asyncio.all_tasks(loop):
            loop.run_until_complete(asyncio.sleep(0))
            for task in running:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*running, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()
