"""A child that must not outlive its parent holds the read end of a pipe that only the parent writes.

The kernel closes the parent's end however the parent ends, kill -9 included, on Linux and macOS alike."""

import os
import threading


def die_with_parent(fd: int) -> None:
    """End this process as soon as `fd`, a pipe that nobody writes to, reaches its end."""

    def watch() -> None:
        try:
            while os.read(fd, 1):
                pass
        finally:
            os._exit(0)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
