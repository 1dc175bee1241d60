"""DynamoDB stream mappings, nearer to AWS than LocalStack's: tumbling windows (and the shard id that a
function is given with one), a batch bisected on error, and no replay of a shard that has been read."""

import logging

from localstack.services.lambda_.event_source_mapping import esm_worker_factory
from localstack.services.lambda_.event_source_mapping.event_processor import (
    BatchFailureError,
    PartialBatchFailureError,
)
from localstack.services.lambda_.event_source_mapping.pollers.dynamodb_poller import DynamoDBPoller
from localstack.services.lambda_.event_source_mapping.pollers.poller import get_batch_item_failures
from localstack.services.lambda_.event_source_mapping.senders.lambda_sender import LambdaSender
from localstack.utils.backoff import ExponentialBackoff

from paysaga_localstack.windows import Windows
from paysaga_localstack.writes import writes

LOG = logging.getLogger(__name__)


class StreamMapping(DynamoDBPoller):
    """Poller of one mapping. One thread runs it, so its fields need no lock."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.bisect = False
        self.windows: Windows | None = None
        self._shard, self._idle = "", False
        self._last_sequence: dict[str, str] = {}
        self._finished: set[str] = set()

    def configure(self, mapping: dict) -> None:
        self.bisect = bool(mapping.get("BisectBatchOnFunctionError"))
        if window_s := mapping.get("TumblingWindowInSeconds"):
            sender: LambdaSender = self.processor.sender
            # The window's fields stand beside Records, so the whole event is given to the sender.
            sender.payload_dict = False
            self.windows = Windows(window_s, self.source_arn)
            send = sender.send_events

            def send_and_keep_state(event):
                response = send(event)
                self.windows.keep_state(event["shardId"], response)
                return response

            sender.send_events = send_and_keep_state

    # Reading

    def initialize_shards(self) -> dict[str, str]:
        shards = super().initialize_shards()
        for shard in self._finished & shards.keys():
            del shards[shard]
        for shard in self._last_sequence.keys() & shards.keys():
            response = self.source_client.get_shard_iterator(
                StreamArn=self.source_arn,
                ShardId=shard,
                ShardIteratorType="AFTER_SEQUENCE_NUMBER",
                SequenceNumber=self._last_sequence[shard],
            )
            shards[shard] = response["ShardIterator"]
        return shards

    def get_records(self, shard_iterator: str) -> dict:
        response = super().get_records(shard_iterator)
        if records := response.get("Records"):
            self._last_sequence[self._shard] = self.get_sequence_number(records[-1])
        else:
            self._idle = True
        if not response.get("NextShardIterator"):
            self._finished.add(self._shard)
        return response

    def poll_events_from_shard(self, shard_id: str, shard_iterator: str) -> None:
        self._shard, self._idle = shard_id, False
        super().poll_events_from_shard(shard_id, shard_iterator)
        if self.windows:
            self._end_window(shard_id)
        if self._idle and len(self.shards) < 2:
            writes.wait()

    # Delivery

    def forward_events_to_target(self, shard_id: str, records: list[dict]) -> None:
        events = self.pre_filter(self.transform_into_events(records, shard_id))
        events = self.post_filter(self.filter_events(events))
        if not events:
            return
        if self.windows:
            self._end_window(shard_id)
            self.windows.open(shard_id)
        self._deliver(shard_id, self.add_source_metadata(events))

    def _deliver(self, shard_id: str, events: list[dict]) -> None:
        retries = self.stream_parameters.get("MaximumRetryAttempts", -1)
        backoff = ExponentialBackoff(initial_interval=0.2, max_interval=5)
        attempts, error = 0, {}
        while retries < 0 or attempts <= retries:
            if attempts:
                self._is_shutdown.wait(backoff.next_backoff())
            if self._is_shutdown.is_set():
                return
            attempts += 1
            try:
                self.processor.process_events_batch(self._event(shard_id, events))
                return
            except PartialBatchFailureError as failure:
                error = failure.error
                events = self._from_first_failed(events, failure.partial_failure_payload)
            except BatchFailureError as failure:
                error = failure.error
                if self.bisect and len(events) > 1:
                    # On AWS, too, splitting does not count as a retry.
                    middle = len(events) // 2
                    self._deliver(shard_id, events[:middle])
                    self._deliver(shard_id, events[middle:])
                    return
            except Exception as unexpected:
                # Throttled, or the function is gone: not the batch's fault, but a bounded number of times.
                LOG.warning("Delivery from %s failed: %s", self.source_arn, unexpected)
        context = self.processor.generate_event_failure_context(
            abort_condition="RetryAttemptsExhausted", error=error, attempts_count=attempts
        )
        self.send_events_to_dlq(shard_id, events, context=context)

    def _event(self, shard_id: str, events: list[dict]) -> list[dict] | dict:
        return self.windows.event(shard_id, events) if self.windows else events

    def _from_first_failed(self, events: list[dict], response: dict) -> list[dict]:
        sequence_numbers = {self.get_sequence_number(event) for event in events}
        failed = get_batch_item_failures(response, sequence_numbers)
        if not failed:
            # An answer nobody can read, or a number that is not in the batch, fails the whole batch.
            return events
        return self.bisect_events(min(failed, key=int), events)[1]

    def _end_window(self, shard_id: str) -> None:
        final = self.windows.final_event(shard_id)
        if final is None:
            return
        try:
            self.processor.process_events_batch(final)
        except Exception as unexpected:
            LOG.warning("Final invocation of a window of %s failed: %s", self.source_arn, unexpected)


def patch() -> None:
    esm_worker_factory.DynamoDBPoller = StreamMapping
    original = esm_worker_factory.EsmWorkerFactory.get_esm_worker

    def get_esm_worker(factory):
        worker = original(factory)
        if isinstance(worker.poller, StreamMapping):
            worker.poller.configure(factory.esm_config)
        return worker

    esm_worker_factory.EsmWorkerFactory.get_esm_worker = get_esm_worker
