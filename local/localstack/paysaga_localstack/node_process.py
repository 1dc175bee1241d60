"""One node process that serves invocations, one at a time, over two pipes.

Requests and results are JSON, one a line. stdout and stderr are the function's log."""

import contextlib
import json
import os
import select
import signal
import subprocess
import threading
import time
from pathlib import Path

BOOTSTRAP = Path(__file__).parent.parent / "runtime" / "bootstrap.mjs"

# What a process needs of the machine it runs on. Everything else of the caller's environment, a profile
# or a proxy say, would make a function behave other than it does on AWS.
INHERITED = ("PATH", "HOME", "LANG", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR")
INHERITED += ("PAYSAGA_FAULT_DIR", "PAYSAGA_COUNT_DIR", "NODE_COMPILE_CACHE", "TMP")


class ProcessEnded(Exception):
    """The process is gone; its log is complete."""


class NodeProcess:
    def __init__(self, code: Path, env: dict[str, str]) -> None:
        requests, to_process = os.pipe()
        from_process, results = os.pipe()
        # File objects, so that a descriptor lives as long as its last user: an environment may be
        # stopped by one thread while another waits for its answer.
        self._requests = os.fdopen(to_process, "wb", buffering=0)
        self._results = os.fdopen(from_process, "rb", buffering=0)
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        pipes = {"PAYSAGA_REQUEST_FD": str(requests), "PAYSAGA_RESULT_FD": str(results)}
        try:
            self._process = subprocess.Popen(
                [os.environ["PAYSAGA_NODE"], str(BOOTSTRAP)],
                cwd=code,
                env={**inherited, **env, **pipes},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=(requests, results),
            )
        finally:
            os.close(requests)
            os.close(results)
        self._buffer = b""
        self._log = b""
        self._log_changed = threading.Condition()
        self._log_ended = False
        threading.Thread(target=self._drain, name="lambda-log", daemon=True).start()

    def _drain(self) -> None:
        while chunk := os.read(self._process.stdout.fileno(), 65536):
            with self._log_changed:
                self._log += chunk
                self._log_changed.notify_all()
        with self._log_changed:
            self._log_ended = True
            self._log_changed.notify_all()
        self._process.stdout.close()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def exit_status(self) -> str:
        """How the process ended, in the words AWS uses: `exit status 1`, `signal: killed`."""
        code = self._process.wait()
        return f"exit status {code}" if code >= 0 else f"signal: {signal.strsignal(-code).lower()}"

    def send(self, request: dict) -> None:
        data = json.dumps(request).encode() + b"\n"
        try:
            while data:
                data = data[self._requests.write(data) :]
        except OSError as error:
            raise ProcessEnded from error

    def receive(self, deadline: float) -> dict:
        """The next message. `deadline` is on the monotonic clock, in seconds.

        :raises TimeoutError: nothing came in time
        :raises ProcessEnded: the process closed its end
        """
        poll = select.poll()
        poll.register(self._results, select.POLLIN)
        while b"\n" not in self._buffer:
            remaining_ms = (deadline - time.monotonic()) * 1000
            if remaining_ms <= 0 or not poll.poll(remaining_ms):
                raise TimeoutError
            chunk = self._results.read(1 << 20)
            if not chunk:
                raise ProcessEnded
            self._buffer += chunk
        line, _, self._buffer = self._buffer.partition(b"\n")
        return json.loads(line)

    def wait_for_message(self, deadline: float) -> None:
        """Until something can be received, the process has ended, or the deadline has passed."""
        poll = select.poll()
        poll.register(self._results, select.POLLIN)
        poll.poll(max(0.0, deadline - time.monotonic()) * 1000)

    def take_log(self, marker: str) -> str:
        """What was logged up to `marker`, the last thing an invocation writes, or up to the process's end."""
        wanted = marker.encode()
        with self._log_changed:
            self._log_changed.wait_for(lambda: self._log_ended or wanted in self._log, timeout=5)
            taken, _, self._log = self._log.partition(wanted)
        return taken.decode(errors="replace")

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()
