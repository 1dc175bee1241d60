"""DynamoDB Local in this process: `python -m paysaga_localstack.dynamodb_local PORT JARS HEAP`.

Its own `main` listens on every interface and reports usage. This builds the same server, binds it to
loopback, and never configures the telemetry. stdin is the lifeline."""

import os
import sys

import jpype

from paysaga_localstack.lifeline import die_with_parent


def jvm_path() -> str:
    home = os.environ["JAVA_HOME"]
    names = ["lib/libjli.dylib", "lib/server/libjvm.dylib", "lib/server/libjvm.so"]
    for path in (os.path.join(home, name) for name in names):
        if os.path.exists(path):
            return path
    raise FileNotFoundError(f"no Java virtual machine below JAVA_HOME={home}")


def main(port: str, jars: str, heap: str) -> None:
    die_with_parent(0)
    jpype.startJVM(
        jvm_path(),
        f"-Xmx{heap}",
        f"-Djava.library.path={jars}",
        "-Djava.awt.headless=true",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dorg.eclipse.jetty.LEVEL=WARN",
        "-Dlog4j2.level=WARN",
        classpath=[f"{jars}/*"],
        interrupt=False,
    )
    local = jpype.JPackage("com").amazonaws.services.dynamodbv2.local
    options = local.main.CommandLineInput(["-port", port, "-inMemory", "-disableTelemetry"])
    options.init()
    proxy = local.main.ServerRunner.createServer(options)
    field = proxy.getClass().getDeclaredField("server")
    field.setAccessible(True)
    jetty = field.get(proxy)
    for connector in jetty.getConnectors():
        connector.setHost("127.0.0.1")
    proxy.safeStart()
    proxy.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
