import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { UsageError } from '../arguments.ts';
import { repository } from '../install/toolchain.mjs';
import { assertAwsTarget } from '../target.ts';

/** The stages that go to an account. */
const awsStages = ['dev', 'prod'];

/**
 * The stage of `--stage NAME`, and what else was given.
 *
 * @throws {UsageError} for no stage, or one that does not go to AWS
 */
export function parseStage(args: readonly string[]): { stage: string; rest: string[] } {
  const at = args.indexOf('--stage');
  const stage = at < 0 ? undefined : args[at + 1];
  if (stage === undefined || !awsStages.includes(stage)) {
    throw new UsageError(`give --stage ${awsStages.join(' or --stage ')}`);
  }
  return { stage, rest: [...args.slice(0, at), ...args.slice(at + 2)] };
}

/**
 * Deploys every stack of a stage to the account of the caller's credentials, with the stock cdk CLI,
 * which asks before it widens permissions. Further arguments go to cdk: `--profile`, `--parameters`.
 *
 * @returns cdk's exit code
 * @throws {Error} while AWS_ENDPOINT_URL is set: that would be an emulator
 */
export function deployToAws(args: readonly string[]): Promise<number> {
  const { stage, rest } = parseStage(args);
  assertAwsTarget(process.env);
  const cdk = join(repository, 'node_modules', '.bin', 'cdk');
  const child = spawn(cdk, ['deploy', '--all', '--context', `stage=${stage}`, ...rest], {
    cwd: repository,
    stdio: 'inherit',
    env: {
      ...process.env,
      CDK_DISABLE_CLI_TELEMETRY: '1',
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
