"""A thread that does one job after the other; nobody waits for it when the program ends."""

from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import Any


class Worker:
    """Does jobs in the order that they are given. Unlike a pool's, its thread is a daemon."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[tuple[Future, Callable, tuple] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, daemon=True)
        self._thread.start()

    def submit(self, job: Callable, *arguments: Any) -> Future:
        """What the job will give, or raise; a job that is cancelled before its turn is left."""
        future: Future = Future()
        self._jobs.put((future, job, arguments))
        return future

    def end(self, wait: bool) -> None:
        """End the thread after the last job; wait for that, or leave it to itself."""
        self._jobs.put(None)
        if wait:
            self._thread.join()

    def _work(self) -> None:
        while given := self._jobs.get():
            future, job, arguments = given
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(job(*arguments))
            except BaseException as fault:
                future.set_exception(fault)
