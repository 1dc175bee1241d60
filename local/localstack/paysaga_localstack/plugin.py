"""What LocalStack loads by entry point: the executor, and the patches it needs to run without Docker."""

import logging

from localstack.runtime import hooks
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin

LOG = logging.getLogger(__name__)


class NodeExecutorPlugin(RuntimeExecutorPlugin):
    name = "node"

    def load(self, *args, **kwargs):
        from paysaga_localstack.executor import NodeExecutor

        return NodeExecutor


@hooks.on_infra_start()
def apply_patches() -> None:
    from paysaga_localstack import dynamodb, environments, jsonata, stepfunctions, streams

    for module in (dynamodb, environments, jsonata, stepfunctions, streams):
        module.patch()


@hooks.on_infra_ready()
def preload() -> None:
    from paysaga_localstack import preload

    preload.in_background()
