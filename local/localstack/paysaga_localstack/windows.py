"""Tumbling windows of a stream mapping, in the form in which Lambda hands them to a function:
https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html"""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass
class Window:
    start_s: int
    state: dict = field(default_factory=dict)


class Windows:
    """The open window of each shard. A window is by the time of reading: DynamoDB Local gives a record's
    own time by the minute only."""

    def __init__(self, length_s: int, source_arn: str) -> None:
        self.length_s = length_s
        self.source_arn = source_arn
        self._open: dict[str, Window] = {}

    def open(self, shard_id: str) -> None:
        now = int(time.time())
        self._open.setdefault(shard_id, Window(now - now % self.length_s))

    def keep_state(self, shard_id: str, response: object) -> None:
        if isinstance(response, dict) and "state" in response and shard_id in self._open:
            self._open[shard_id].state = response["state"]

    def event(self, shard_id: str, records: list[dict], final: bool = False) -> dict:
        window = self._open[shard_id]
        return {
            "Records": records,
            "window": {
                "start": timestamp(window.start_s),
                "end": timestamp(window.start_s + self.length_s),
            },
            "state": window.state,
            "shardId": shard_id,
            "eventSourceARN": self.source_arn,
            "isFinalInvokeForWindow": final,
            "isWindowTerminatedEarly": False,
        }

    def final_event(self, shard_id: str) -> dict | None:
        """The event that ends the shard's window, if the window is over. Asked once, it is given once."""
        window = self._open.get(shard_id)
        if window is None or time.time() < window.start_s + self.length_s:
            return None
        event = self.event(shard_id, [], final=True)
        del self._open[shard_id]
        return event


def timestamp(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
