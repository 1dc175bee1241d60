import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { repository } from '../install/toolchain.mjs';
import { UsageError } from '../program/exit.ts';
import { command } from '../program/group.ts';
import { text, texts } from '../program/specs.ts';
import { assertAwsTarget } from '../target.ts';

/** The stages that go to an account. */
const awsStages = ['dev', 'prod'];

interface DeployRequest {
  readonly stage: string;
  /** For cdk, as they were given. */
  readonly rest: readonly string[];
}

export const deploy = command({
  says: 'Deploys every stack of a stage to the account of your credentials, with the cdk CLI, which asks before it widens permissions. What else is given goes to cdk: --profile, --parameters.',
  operands: { rest: texts('cdk', 'arguments of cdk deploy') },
  options: { stage: text('dev|prod', 'which stage') },
  handsOn: true,
  read: ({ stage, rest }): DeployRequest => {
    if (stage === undefined || !awsStages.includes(stage)) {
      throw new UsageError(`give --stage ${awsStages.join(' or --stage ')}`);
    }
    return { stage, rest };
  },
  run: deployToAws,
});

/**
 * Deploys every stack of a stage to the account of the caller's credentials, with the stock cdk CLI,
 * which asks before it widens permissions. Further arguments go to cdk: `--profile`, `--parameters`.
 *
 * @returns cdk's exit code
 * @throws {Error} while AWS_ENDPOINT_URL is set: that would be an emulator
 */
export async function deployToAws({ stage, rest }: DeployRequest): Promise<number> {
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
