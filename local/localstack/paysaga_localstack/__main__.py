"""Entry of the LocalStack process: `python -m paysaga_localstack`, with a pipe from the launcher as stdin."""

from paysaga_localstack.lifeline import die_with_parent


def main() -> None:
    import gc
    gc.disable()
    die_with_parent(0)
    from localstack.runtime.main import main as run_localstack

    run_localstack()


main()
