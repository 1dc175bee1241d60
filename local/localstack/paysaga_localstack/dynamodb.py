"""DynamoDB: LocalStack would download DynamoDB Local; this starts the one from Maven."""

import os
import subprocess
import sys
import threading

from localstack.services.dynamodb.server import DynamodbServer
from localstack.utils.run import FuncThread
from rolo.client import SimpleRequestsClient

from paysaga_localstack.writes import writes


def start_server(server: DynamodbServer) -> FuncThread:
    command = [sys.executable, "-m", "paysaga_localstack.dynamodb_local"]
    command += [str(server.port), os.environ["PAYSAGA_DYNAMODB_JARS"], server.heap_size]

    def run(*_args) -> None:
        # The child reads its end of the pipe as stdin: it ends when this process does.
        with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
            thread.process = process
            process.wait()

    thread = FuncThread(run, name="dynamodb-local")
    thread.auto_restart = False
    thread.start()
    return thread


class PerThreadClient(SimpleRequestsClient):
    """requests.Session is not made to be shared, and LocalStack shares one among all threads of its
    gateway. Under load some writes were answered with a 500 (OrderedDict mutated during iteration),
    for which this is the suspect: it could not be brought about again, with or without this class."""

    def __init__(self) -> None:
        super().__init__()
        self._local = threading.local()

    def request(self, request, server=None):
        if not hasattr(self._local, "client"):
            self._local.client = SimpleRequestsClient()
        response = self._local.client.request(request, server)
        writes.note(request.headers.get("X-Amz-Target", ""))
        return response


def patch() -> None:
    DynamodbServer.do_start_thread = start_server
    original = DynamodbServer.__init__

    def init(self, *args, **kwargs) -> None:
        original(self, *args, **{"host": "127.0.0.1", **kwargs})
        self.proxy.proxy.client = PerThreadClient()

    DynamodbServer.__init__ = init
