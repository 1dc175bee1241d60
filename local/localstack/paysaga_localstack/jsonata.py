"""JSONata in Step Functions: LocalStack would download a Java runtime and the library."""

import os

from localstack.services.stepfunctions import packages

from paysaga_localstack.dynamodb_local import jvm_path


class InstalledJsonata:
    """Stands in for the installer, with what the launcher has already put in place."""

    def install(self, target=None) -> None:
        pass

    def get_installed_dir(self) -> str:
        return os.environ["PAYSAGA_JSONATA_JARS"]

    def get_java_lib_path(self) -> str:
        return jvm_path()


def patch() -> None:
    packages.jpype_jsonata_package.get_installer = lambda version=None: InstalledJsonata()
