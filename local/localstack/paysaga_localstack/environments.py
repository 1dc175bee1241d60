"""Which execution environment serves an invocation.

LocalStack's own choice has two races under load: it iterates a dict that other threads change, and it
publishes a new environment before it reserves it, so a neighbour may take it first. Both end as a 500.
It also starts as many processes as there are invocations in flight. A process takes a core for a third
of a second before it does anything: with fifty at once on two cores, none answers for ten seconds. So
only as many start at a time as there are cores, and who waits takes whichever comes first: a new
environment, or one that has become free. A function that has none yet comes first, as others may wait
for it: a charge waits for the PSP's simulator. One that has some gets a further one only after all of
them were busy for a while."""

import contextlib
import os
import threading
import time
from collections.abc import Iterator

from localstack.services.lambda_.invocation import assignment
from localstack.services.lambda_.invocation.execution_environment import (
    ExecutionEnvironment,
    InvalidStatusException,
    RuntimeStatus,
)

# Few: fifty charges that all wait for the PSP at once would wait past its deadline, where fifty that
# wait for a process only wait.
MAX_PER_FUNCTION = 5
MAX_STARTS = max(2, os.cpu_count() or 2)
GROWTH_AFTER_S = 1.0

changed = threading.Condition()
starting = 0
# By function version; what is starting counts.
running: dict[str, int] = {}
# Who waits for the first environment of a function.
waiting_for_first = 0


def reserve_warm(candidates: list[ExecutionEnvironment]) -> ExecutionEnvironment | None:
    # Most recently used first: what a burst has started then passes its idle time and ends.
    for environment in sorted(candidates, key=lambda env: env.last_returned, reverse=True):
        if environment.status == RuntimeStatus.READY:
            with contextlib.suppress(InvalidStatusException):
                environment.reserve()
                return environment
    return None


def start(service: assignment.AssignmentService, manager: str, version) -> ExecutionEnvironment:
    """Starts one and waits until its function is loaded, or has failed to: its invocation tells."""
    environment = service.start_environment(manager, version)
    environment.reserve()
    environment.runtime_executor.wait_until_loaded()
    service.environments[manager][environment.id] = environment
    return environment


def may_start(manager: str, since: float) -> bool:
    count = running.get(manager, 0)
    if starting >= MAX_STARTS or count >= MAX_PER_FUNCTION:
        return False
    waited_long = time.monotonic() - since >= GROWTH_AFTER_S
    return count == 0 or (waited_long and waiting_for_first == 0)


def take(service: assignment.AssignmentService, manager: str, version, kind) -> ExecutionEnvironment:
    global starting, waiting_for_first
    since = time.monotonic()
    with changed:
        while True:
            known = service.environments[manager].copy().values()
            environment = reserve_warm([e for e in known if e.initialization_type == kind])
            if environment:
                return environment
            if may_start(manager, since):
                starting += 1
                running[manager] = running.get(manager, 0) + 1
                break
            is_first = running.get(manager, 0) == 0
            waiting_for_first += is_first
            # An environment may end on its own, and time passes: nobody tells.
            changed.wait(timeout=0.25)
            waiting_for_first -= is_first
    try:
        return start(service, manager, version)
    except BaseException:
        ended(manager)
        raise
    finally:
        with changed:
            starting -= 1
            changed.notify_all()


def ended(manager: str) -> None:
    with changed:
        running[manager] = max(0, running.get(manager, 0) - 1)
        changed.notify_all()


@contextlib.contextmanager
def get_environment(
    service: assignment.AssignmentService, version_manager_id, function_version, provisioning_type
) -> Iterator[ExecutionEnvironment]:
    environment = take(service, version_manager_id, function_version, provisioning_type)
    try:
        yield environment
    except Exception:
        service.stop_environment(environment)
        ended(version_manager_id)
        raise
    # Stopped meanwhile, with its function: nothing to give back.
    with contextlib.suppress(InvalidStatusException):
        environment.release()
    with changed:
        changed.notify_all()


def on_timeout(service: assignment.AssignmentService, manager: str, environment_id: str) -> None:
    # It may already be gone when its idle timer ends.
    if service.environments[manager].pop(environment_id, None):
        ended(manager)


def patch() -> None:
    assignment.AssignmentService.get_environment = get_environment
    assignment.AssignmentService.on_timeout = on_timeout
