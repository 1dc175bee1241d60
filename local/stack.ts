import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { bundleConsole } from '../infra/console/bundle.ts';
import type { Log } from './cdk/cli.ts';
import { hostConsole } from './console/host.ts';
import { deployLocal, type StackOutputs, synthesize } from './deploy.ts';
import { Progress } from './install/progress.mjs';
import { installed } from './install/toolchain.mjs';
import { freePort, isHealthy } from './localstack/launch.ts';
import {
  readRecord,
  removeRecord,
  type StackRecord,
  type Tenant,
  writeRecord,
} from './supervision/record.ts';
import { isSupervisor, startSupervisor, stopSupervisor } from './supervision/supervision.ts';
import { accountOf, assertLocalTarget, LOCAL_REGION, parseLoopbackEndpoint } from './target.ts';

/** The state folder of the stack that `start` and `up` run: logs, the assembly, armed faults. */
export const stateDir = join(installed.root, 'run');

export interface StackContext {
  endpoint: string;
  region: string;
  apiUrl: string;
  simulatorUrl: string;
  /** Of every stack that was deployed. */
  outputs: StackOutputs;
  log: Log;
}

export type SeedTenants = (context: StackContext) => Promise<Tenant[]>;

export interface UpOptions {
  /** Makes the demo tenants in a stack that has just been deployed. */
  seed: SeedTenants;
  /** An emulator that already runs, `http://127.0.0.1:PORT`. None is started then. */
  endpoint?: string;
  /** For the LocalStack that is started. Default: a free one. */
  port?: number;
  /** Whether LocalStack ends with this process. Default: it stays. */
  foreground?: boolean;
  /** Folder of cdk.json. Default: the repository. */
  appDir?: string;
  progress?: Progress;
}

export interface Stack extends StackRecord {
  outputs: StackOutputs;
  /** It was up before, and nothing has been deployed. */
  alreadyUp: boolean;
}

/** @throws {Error} when the stack that is up is not the one that was asked for */
function refuseOtherTarget({ endpoint }: StackRecord, options: UpOptions): void {
  const isOther =
    (options.endpoint !== undefined && parseLoopbackEndpoint(options.endpoint) !== endpoint) ||
    (options.port !== undefined && new URL(endpoint).port !== String(options.port));
  if (isOther) {
    throw new Error(`a stack is up at ${endpoint}; npm run down ends it, then ask again`);
  }
}

/**
 * Brings the local stack up, or finds the one that is.
 *
 * @throws {Error} when LocalStack or the deployment fails; nothing stays running then
 */
export async function up(options: UpOptions): Promise<Stack> {
  const progress = options.progress ?? new Progress();
  const log: Log = (line) => progress.say(line);
  const running = await status();
  if (running) refuseOtherTarget(running, options);
  if (running) return { ...running, outputs: running.outputs ?? {}, alreadyUp: true };

  const appDir = options.appDir === undefined ? {} : { appDir: options.appDir };
  const port = options.port ?? (await freePort());
  const endpoint = parseLoopbackEndpoint(options.endpoint ?? `http://127.0.0.1:${port}`);
  if (options.endpoint) assertLocalTarget(endpoint, await accountOf(endpoint));
  const cdkRun = { stateDir, stage: 'local' as const, endpoint, ...appDir };
  const assembly = progress.step('Stacks (cdk synth)', () => synthesize(cdkRun));
  // Its failure is reported below, when it is awaited.
  assembly.catch(() => undefined);
  const folder = bundleConsole();
  folder.catch(() => undefined);
  const owner = options.endpoint
    ? given()
    : await progress.step('LocalStack', () => startOwn(port));
  try {
    const outputs = await progress.step('Deployment (cdk deploy)', () =>
      deployLocal({ ...cdkRun, assembly }),
    );
    const context: StackContext = {
      endpoint,
      region: LOCAL_REGION,
      apiUrl: apiUrl(outputs, 'ApiUrl', endpoint),
      simulatorUrl: apiUrl(outputs, 'SimulatorUrl', endpoint),
      outputs,
      log,
    };
    const tenants = await progress.step('Demo tenants', () => options.seed(context));
    const consoleUrl = await progress.step('Console', async () =>
      hostConsole({ ...context, tenants, folder: await folder }),
    );
    const { log: _, ...described } = context;
    const { pid, token } = owner;
    const record: StackRecord = { ...described, consoleUrl, tenants, pid, token };
    writeRecord(record);
    if (!options.foreground) await owner.release();
    return { ...record, outputs, alreadyUp: false };
  } catch (error) {
    await Promise.allSettled([assembly, folder]);
    if (owner.pid !== null) await stopSupervisor(owner.pid, owner.token);
    throw error;
  }
}

interface Owner {
  pid: number | null;
  token: string | null;
  release(): Promise<void>;
}

function given(): Owner {
  return { pid: null, token: null, release: () => Promise.resolve() };
}

async function startOwn(port: number): Promise<Owner> {
  const token = randomUUID();
  return { ...(await startSupervisor({ stateDir, token, port })), token };
}

/** What `start` and `up` say of the console of a stack; nothing of one that was brought up without. */
export function consoleLine({ consoleUrl }: Partial<Pick<StackRecord, 'consoleUrl'>>): string {
  return consoleUrl === undefined ? '' : `Console  ${consoleUrl}\n`;
}

/** The stack that is up, or undefined. A record of one that is not is removed. */
export async function status(): Promise<StackRecord | undefined> {
  const record = readRecord();
  if (!record) return undefined;
  const { endpoint, pid, token } = record;
  const lives =
    pid === null
      ? await accountOf(endpoint).then(
          () => true,
          () => false,
        )
      : isSupervisor(pid, token) && (await isHealthy(endpoint));
  if (lives) return record;
  if (pid !== null) await stopSupervisor(pid, token);
  removeRecord();
  return undefined;
}

export type DownResult = 'stopped' | 'forgotten' | 'nothing';

/**
 * Takes the local stack down. An emulator that `up` did not start stays, and is only forgotten.
 * The recorded process is signalled only if it is the one that `up` started.
 */
export async function down(): Promise<DownResult> {
  const record = readRecord();
  if (!record) return 'nothing';
  const owned = record.pid !== null && isSupervisor(record.pid, record.token);
  if (owned && record.pid !== null) await stopSupervisor(record.pid, record.token);
  removeRecord();
  if (record.pid === null) return 'forgotten';
  return owned ? 'stopped' : 'nothing';
}

/**
 * The address of a REST API that this machine can resolve: the host name that CloudFormation gives is
 * under a domain that not every resolver knows.
 *
 * @param name an output, the address of an API at the endpoint or `https://ID.execute-api.HOST/STAGE/`
 * @throws {Error} when no stack has that output, or it is no such address
 */
export function apiUrl(outputs: StackOutputs, name: string, endpoint: string): string {
  const value = Object.values(outputs).find((stack) => stack[name] !== undefined)?.[name];
  if (value === undefined) throw new Error(`no stack has an output named ${name}`);
  if (value.startsWith(`${endpoint}/`)) return value.replace(/\/+$/, '');
  const parts = /^https:\/\/([a-z0-9]+)\.execute-api\.[^/]+\/([^/]+)\/?$/.exec(value);
  if (!parts) throw new Error(`the output ${name} is not the address of a REST API: ${value}`);
  return `${endpoint}/_aws/execute-api/${parts[1]}/${parts[2]}`;
}
