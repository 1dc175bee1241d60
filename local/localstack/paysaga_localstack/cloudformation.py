"""CloudFormation: LocalStack looks once a second whether a resource is ready, so each function costs a
deployment a second in which nothing happens."""

LOOK_AGAIN_S = 0.05


def patch() -> None:
    # Not with the other patches: the engine takes a second to import, before LocalStack answers.
    from localstack.services.cloudformation.resource_provider import ResourceProviderExecutor

    loop = ResourceProviderExecutor.deploy_loop
    timeout_s, _ = loop.__defaults__
    loop.__defaults__ = (timeout_s, LOOK_AGAIN_S)
