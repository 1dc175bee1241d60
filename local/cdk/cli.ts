import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { modernNode, repository } from '../install/toolchain.mjs';
import { neutralEnvironment } from '../localstack/settings.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../target.ts';

export type Log = (line: string) => void;

// Nothing listens on the first port, so a synthesis that asks for an account is refused at once, and
// never asks AWS.
const NOWHERE = 'http://127.0.0.1:1';

function environment(stateDir: string, endpoint: string, node: string): NodeJS.ProcessEnv {
  return {
    ...neutralEnvironment(process.env),
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DEFAULT_ACCOUNT: LOCAL_ACCOUNT,
    CDK_DEFAULT_REGION: LOCAL_REGION,
    CDK_HOME: join(stateDir, 'cdk-home'),
    CDK_DISABLE_CLI_TELEMETRY: '1',
  };
}

export interface CdkRun {
  stateDir: string;
  /** Folder of cdk.json. Default: the repository. */
  appDir?: string;
  /** Default: none is reachable, which is enough to synthesize. */
  endpoint?: string;
  /** Receives each line that cdk writes. All of them also go to `<stateDir>/cdk.log`. */
  log?: Log;
}

/**
 * Runs the cdk CLI of the project as it is, against a loopback endpoint.
 *
 * @throws {Error} when it fails, with the end of what it wrote
 */
export async function cdk(args: string[], run: CdkRun): Promise<void> {
  const { stateDir, appDir = repository, endpoint = NOWHERE, log } = run;
  mkdirSync(stateDir, { recursive: true });
  const node = modernNode();
  const preload = join(import.meta.dirname, 'impatient.mjs');
  const cli = join(repository, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const child = spawn(node, ['--import', preload, cli, ...args, '--no-notices'], {
    cwd: appDir,
    env: environment(stateDir, endpoint, node),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.kill();
  process.once('exit', kill);
  const file = createWriteStream(join(stateDir, 'cdk.log'), { flags: 'a' });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      file.write(`${line}\n`);
      log?.(line);
    });
  }
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  process.off('exit', kill);
  file.end();
  if (code !== 0) {
    throw new Error(`cdk ${args[0]} ended with ${code}:\n${lines.slice(-30).join('\n')}`);
  }
}
