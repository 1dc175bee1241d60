"""Which execution environment serves an invocation.

LocalStack's own choice has two races under load: it iterates a dict that other threads change, and it
publishes a new environment before it reserves it, so a neighbour may take it first. Both end as a 500.
It also starts as many processes as there are invocations in flight, where a laptop does better to wait."""

import contextlib
import os
import threading
from collections import defaultdict
from collections.abc import Iterator

from localstack.services.lambda_.invocation import assignment
from localstack.services.lambda_.invocation.execution_environment import (
    ExecutionEnvironment,
    InvalidStatusException,
    RuntimeStatus,
)

MAX_PER_FUNCTION = int(os.environ.get("PAYSAGA_MAX_ENVIRONMENTS", "8"))

slots: dict[str, threading.BoundedSemaphore] = defaultdict(
    lambda: threading.BoundedSemaphore(MAX_PER_FUNCTION)
)
slots_lock = threading.Lock()


def slot_of(version_manager_id: str) -> threading.BoundedSemaphore:
    with slots_lock:
        return slots[version_manager_id]


def reserve_warm(candidates: list[ExecutionEnvironment]) -> ExecutionEnvironment | None:
    # Most recently used first: what a burst has started then passes its idle time and ends.
    for environment in sorted(candidates, key=lambda env: env.last_returned, reverse=True):
        if environment.status == RuntimeStatus.READY:
            with contextlib.suppress(InvalidStatusException):
                environment.reserve()
                return environment
    return None


@contextlib.contextmanager
def get_environment(
    service: assignment.AssignmentService, version_manager_id, function_version, provisioning_type
) -> Iterator[ExecutionEnvironment]:
    with slot_of(version_manager_id):
        known = service.environments[version_manager_id]
        candidates = [e for e in known.copy().values() if e.initialization_type == provisioning_type]
        environment = reserve_warm(candidates)
        if environment is None:
            environment = service.start_environment(version_manager_id, function_version)
            environment.reserve()
            known[environment.id] = environment
        try:
            yield environment
        except Exception:
            service.stop_environment(environment)
            raise
        # Stopped meanwhile, with its function: nothing to give back.
        with contextlib.suppress(InvalidStatusException):
            environment.release()


def patch() -> None:
    assignment.AssignmentService.get_environment = get_environment
    # An environment may already be gone when its idle timer ends.
    assignment.AssignmentService.on_timeout = lambda service, manager, environment: (
        service.environments[manager].pop(environment, None)
    )
