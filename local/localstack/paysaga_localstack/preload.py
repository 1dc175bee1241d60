"""Warms what a deployment is about to need, while the caller still synthesizes its stacks. LocalStack
imports a service and compiles its routes at the first request, which cost the first deployment 8 s."""

import gc
import logging
import threading
import time

from localstack.aws.connect import connect_to
from localstack.constants import DEFAULT_AWS_ACCOUNT_ID
from localstack.runtime import events

from paysaga_localstack import cloudformation

LOG = logging.getLogger(__name__)

# A read of each service, in the order in which a deployment comes to it.
READS = {
    "cloudformation": "list_stacks",
    "s3": "list_buckets",
    "ssm": "describe_parameters",
    "dynamodb": "list_tables",
    "sts": "get_caller_identity",
    "iam": "list_roles",
    "lambda": "list_functions",
    "sqs": "list_queues",
    "events": "list_rules",
    "apigateway": "get_rest_apis",
    "stepfunctions": "list_state_machines",
    "dynamodbstreams": "list_streams",
    "logs": "describe_log_groups",
    "cloudwatch": "describe_alarms",
}


def load() -> None:
    for service, read in READS.items():
        if events.infra_stopping.is_set():
            return
        started = time.monotonic()
        try:
            factory = connect_to(aws_access_key_id=DEFAULT_AWS_ACCOUNT_ID, region_name="us-east-1")
            getattr(factory.get_client(service), read)()
            if service == "cloudformation":
                cloudformation.patch()
        except Exception as error:
            # Whoever needs the service will be told.
            LOG.warning("Cannot load %s: %s", service, error)
        LOG.info("Loaded %s in %.1f s", service, time.monotonic() - started)


def enable_garbage_collection() -> None:
    # What is loaded by now stays: collections look at what comes after it, a hundredth of it.
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


def start_jsonata() -> None:
    from localstack.services.stepfunctions.asl.jsonata import jsonata

    started = time.monotonic()
    jsonata.eval_jsonata_expression("1")
    LOG.info("Started JSONata in %.1f s", time.monotonic() - started)


def load_and_start_collecting() -> None:
    try:
        load()
    finally:
        enable_garbage_collection()


def in_background() -> None:
    # JSONata is mostly Java's work, which leaves Python free for the rest.
    for work in (start_jsonata, load_and_start_collecting):
        threading.Thread(target=work, name="preload", daemon=True).start()
