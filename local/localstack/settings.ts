import { join } from 'node:path';

/** Where the tools are that the LocalStack process starts. */
export interface Toolchain {
  /** Node 24, which runs the functions. */
  node: string;
  javaHome: string;
  dynamodbJars: string;
  jsonataJars: string;
}

// A user's own AWS or LocalStack settings would make the local AWS differ from machine to machine.
const FOREIGN = /^(AWS_|LOCALSTACK_|LAMBDA_|DYNAMODB_|PROVIDER_OVERRIDE_|CDK_|PYTHON|PAYSAGA_)/;
const FOREIGN_NAMES = new Set([
  'PERSISTENCE',
  'DEBUG',
  'LS_LOG',
  'SERVICES',
  'TMPDIR',
  'NODE_OPTIONS',
]);

/** The caller's environment without what would reach into the local AWS. */
export function neutralEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !FOREIGN.test(name) && !FOREIGN_NAMES.has(name)),
  );
}

/**
 * The environment of the LocalStack process.
 *
 * @param stateDir everything it writes stays below this folder
 * @param log a LocalStack log level: error, warn, info, debug, trace
 */
export function localStackEnvironment(
  env: NodeJS.ProcessEnv,
  options: {
    stateDir: string;
    port: number;
    toolchain: Toolchain;
    log: string;
    pythonPath: string;
  },
): NodeJS.ProcessEnv {
  const { stateDir, port, toolchain, log, pythonPath } = options;
  return {
    ...neutralEnvironment(env),
    PYTHONPATH: pythonPath,
    PYTHONUNBUFFERED: '1',
    JAVA_HOME: toolchain.javaHome,
    PAYSAGA_NODE: toolchain.node,
    PAYSAGA_DYNAMODB_JARS: toolchain.dynamodbJars,
    PAYSAGA_JSONATA_JARS: toolchain.jsonataJars,
    PAYSAGA_FAULT_DIR: faultDir(stateDir),
    PAYSAGA_COUNT_DIR: countDir(stateDir),

    GATEWAY_LISTEN: `127.0.0.1:${port}`,
    OVERRIDE_IN_DOCKER: '0',
    // Names below localhost.localstack.cloud do not resolve everywhere, so queues are named by address.
    LOCALSTACK_HOST: `127.0.0.1:${port}`,
    SQS_ENDPOINT_STRATEGY: 'path',
    FILESYSTEM_ROOT: join(stateDir, 'root'),
    CONFIG_DIR: join(stateDir, 'config'),
    // Unpacked functions go here. TMPDIR would do the same, but LocalStack gives it a meaning of its own.
    TMP: join(stateDir, 'tmp'),
    XDG_CACHE_HOME: join(stateDir, 'cache'),
    NODE_COMPILE_CACHE: join(stateDir, 'compiled'),

    // No usage reports, no downloads.
    DISABLE_EVENTS: '1',
    SKIP_SSL_CERT_DOWNLOAD: '1',
    DNS_ADDRESS: '0',

    // Streams from DynamoDB Local itself, not from a mock of Kinesis.
    PROVIDER_OVERRIDE_DYNAMODB: 'v2',
    PROVIDER_OVERRIDE_DYNAMODBSTREAMS: 'v2',
    DYNAMODB_IN_MEMORY: '1',
    DYNAMODB_HEAP_SIZE: '256m',

    LAMBDA_RUNTIME_EXECUTOR: 'node',
    LAMBDA_KEEPALIVE_MS: '60000',
    // The smallest setting AWS allows is 100, more than a laptop has.
    LAMBDA_LIMITS_MINIMUM_UNRESERVED_CONCURRENCY: '0',
    LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC: '0.05',
    LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC: '0.2',

    // Calls between LocalStack's own services skip HTTP: a third off each deployment.
    IN_MEMORY_CLIENT: '1',
    LS_LOG: log,
  };
}

/** The folder in which the function processes of a stack look for armed faults. */
export function faultDir(stateDir: string): string {
  return join(stateDir, 'faults');
}

/** The folder into which the function processes of a stack count what they cost, while it is there. */
export function countDir(stateDir: string): string {
  return join(stateDir, 'counts');
}
