"""Lambda functions in node processes: the executor that LocalStack loads as `node`."""

import json
import threading
import time

from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

from paysaga_localstack.node_process import NodeProcess, ProcessEnded

# AWS allows 10 s. Fifty processes that start at once on two cores need longer.
INIT_TIMEOUT_S = 30
LOOPBACK = "127.0.0.1"


def failure(request_id: str, error_type: str, what: str) -> dict:
    return {"errorType": error_type, "errorMessage": f"RequestId: {request_id} Error: {what}"}


class NodeExecutor(RuntimeExecutor):
    """One execution environment: one node process at a time, replaced when it has died."""

    def __init__(self, id: str, function_version) -> None:
        super().__init__(id, function_version)
        self._env: dict[str, str] = {}
        self._process: NodeProcess | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def start(self, env_vars: dict[str, str]) -> None:
        code = self.function_version.config.code.get_unzipped_code_location()
        self._env = {name: str(value) for name, value in env_vars.items()}
        self._env["LAMBDA_TASK_ROOT"] = str(code)
        self._spawn()

    def _spawn(self) -> NodeProcess:
        with self._lock:
            if self._stopped:
                raise ProcessEnded
            code = self.function_version.config.code.get_unzipped_code_location()
            self._process = NodeProcess(code, self._env)
            self._initialized = False
            return self._process

    def wait_until_loaded(self) -> None:
        """Until the process has loaded the function, or failed to. The next invocation tells which."""
        if self._process:
            self._process.wait_for_message(time.monotonic() + INIT_TIMEOUT_S)

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            process = self._process
        if process:
            process.kill()

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        request_id = payload["invoke-id"]
        started = time.monotonic()
        process = self._process if self._process and self._process.alive else self._spawn()
        error, answer = self._initialize(process, request_id), None
        log = [f"START RequestId: {request_id} Version: {self.function_version.id.qualifier}\n"]
        if error is None:
            started = time.monotonic()
            error, answer = self._run(process, payload)
        log.append(process.take_log(f"\0END {request_id}\n"))
        if error and error["errorType"] == "Sandbox.Timedout":
            log.append(f"{error['errorMessage']}\n")
        duration_ms = (time.monotonic() - started) * 1000
        log.append(f"\nEND RequestId: {request_id}\nREPORT RequestId: {request_id}\t")
        log.append(f"Duration: {duration_ms:.2f} ms\n")
        body = json.dumps(error, separators=(",", ":"), ensure_ascii=False) if error else answer
        return InvocationResult(request_id, body.encode(), error is not None, "".join(log))

    def _initialize(self, process: NodeProcess, request_id: str) -> dict | None:
        if self._initialized:
            return None
        try:
            message = process.receive(time.monotonic() + INIT_TIMEOUT_S)
        except TimeoutError:
            process.kill()
            return failure(request_id, "Sandbox.Timedout", "Init timed out")
        except ProcessEnded:
            what = f"Runtime exited with error: {process.exit_status}"
            return failure(request_id, "Runtime.ExitError", what)
        if "error" in message:
            # AWS initializes anew at the next invocation.
            process.kill()
            return message["error"]
        self._initialized = True
        return None

    def _run(self, process: NodeProcess, payload: dict) -> tuple[dict | None, str | None]:
        request_id = payload["invoke-id"]
        timeout_s = self.function_version.config.timeout
        request = {
            "id": request_id,
            "arn": payload["invoked-function-arn"],
            "trace": payload["trace-id"],
            "deadline": (time.time() + timeout_s) * 1000,
            "event": payload["payload"],
        }
        try:
            process.send(request)
            message = process.receive(time.monotonic() + timeout_s)
        except TimeoutError:
            process.kill()
            what = f"Task timed out after {timeout_s:.2f} seconds"
            return failure(request_id, "Sandbox.Timedout", what), None
        except ProcessEnded:
            what = f"Runtime exited with error: {process.exit_status}"
            return failure(request_id, "Runtime.ExitError", what), None
        if message["id"] != request_id:
            raise AssertionError(f"an answer to {message['id']}, asked for {request_id}")
        if message.get("fatal"):
            # On its way out: another invocation must not be given to it.
            process.kill()
        return message.get("error"), message.get("payload")

    def get_logs(self) -> str:
        return ""

    def get_address(self) -> str:
        return LOOPBACK

    def get_endpoint_from_executor(self) -> str:
        return LOOPBACK

    def get_runtime_endpoint(self) -> str:
        return ""

    @classmethod
    def prepare_version(cls, function_version) -> None:
        function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version) -> None:
        pass
