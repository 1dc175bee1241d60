"""Tells the pollers of streams that something was written, so that they need not ask twenty times a
second: a request to this gateway costs some 10 ms of one core, and most streams are idle."""

import re
import threading
import time

WRITE = re.compile(r"\.(PutItem|UpdateItem|DeleteItem|BatchWriteItem|TransactWriteItems|Execute\w+)$")

# A record may show in its stream a moment after the write has been answered.
SETTLE_S = 0.5
IDLE_S = 1.0


class Writes:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._last_s = 0.0

    def note(self, target: str) -> None:
        """`target` is the x-amz-target header of a request that DynamoDB has just answered."""
        if WRITE.search(target):
            with self._changed:
                self._last_s = time.monotonic()
                self._changed.notify_all()

    def wait(self) -> None:
        """Returns at the next write, or soon if there was one a moment ago, or after a second."""
        with self._changed:
            if time.monotonic() - self._last_s > SETTLE_S:
                self._changed.wait(IDLE_S)


writes = Writes()
