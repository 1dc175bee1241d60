"""Entry of the LocalStack process: `python -m paysaga_localstack`, with a pipe from the launcher as stdin."""

import gc

from paysaga_localstack.lifeline import die_with_parent


def main() -> None:
    die_with_parent(0)
    # Half the time of the start goes to walking objects that will all stay. preload.py turns it on again.
    gc.disable()
    from localstack.runtime.main import main as run_localstack

    from paysaga_localstack import gateway

    gateway.patch()
    run_localstack()


main()
