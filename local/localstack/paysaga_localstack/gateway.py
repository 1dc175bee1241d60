"""LocalStack takes the port of GATEWAY_LISTEN and leaves its host aside: it would listen on every
interface, with well-known keys."""

from functools import partial
from types import SimpleNamespace

from localstack.runtime.server import twisted as server
from twisted.internet import endpoints


def patch() -> None:
    server.endpoints = SimpleNamespace(
        TCP4ServerEndpoint=partial(endpoints.TCP4ServerEndpoint, interface="127.0.0.1"),
        TCP6ServerEndpoint=partial(endpoints.TCP6ServerEndpoint, interface="::1"),
    )
