import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CdkRun, cdk } from './cdk/cli.ts';
import { bootstrapToolkit } from './cdk/toolkit.ts';
import { freePort, type LocalStack, startLocalStack } from './localstack/launch.ts';
import { accountOf, assertLocalTarget } from './target.ts';

/** Stack name to output name to value. */
export type StackOutputs = Record<string, Record<string, string>>;

export interface Deployment extends CdkRun {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  stage: 'local';
  /** A synthesis that has been started before, to save its time. Default: a new one. */
  assembly?: Promise<string>;
}

const CONCURRENT_STACKS = 4;

/**
 * Synthesizes every stack of a stage. Needs no emulator, so it can run while one starts; its
 * endpoint is written into the templates.
 *
 * @returns the folder of the assembly, below the state folder
 * @throws {Error} with the end of what cdk wrote
 */
export async function synthesize(run: CdkRun & { stage: string }): Promise<string> {
  const folder = join(run.stateDir, 'cdk.out');
  await rm(folder, { recursive: true, force: true });
  const args = ['synth', '--quiet', '--no-version-reporting', '--output', folder];
  // npm test runs cdk-nag for every stage; here it would take most of the synthesis.
  await cdk([...args, '--context', `stage=${run.stage}`, '--context', 'nag=false'], run);
  return folder;
}

/**
 * Deploys every stack to an emulator on this machine with the stock cdk CLI.
 *
 * @throws {Error} when the endpoint is not loopback, its account is not 000000000000, or cdk fails
 */
export async function deployLocal(deployment: Deployment): Promise<StackOutputs> {
  const { endpoint, stateDir, stage } = deployment;
  assertLocalTarget(endpoint, await accountOf(endpoint));
  const [assembly] = await Promise.all([
    deployment.assembly ?? synthesize({ ...deployment, stage }),
    bootstrapToolkit(endpoint),
  ]);
  const outputs = join(stateDir, 'outputs.json');
  await rm(outputs, { force: true });
  const how = ['--require-approval', 'never', '--method', 'direct', '--progress', 'events', '--ci'];
  const atOnce = ['--concurrency', String(CONCURRENT_STACKS), '--asset-parallelism'];
  const where = ['--app', assembly, '--outputs-file', outputs];
  await cdk(['deploy', '--all', ...how, ...atOnce, ...where], deployment);
  return JSON.parse(await readFile(outputs, 'utf8')) as StackOutputs;
}

/** A LocalStack with every stack of the stage local deployed to it. */
export interface DeployedLocalStack extends LocalStack {
  outputs: StackOutputs;
}

/**
 * Starts a LocalStack and deploys to it; synthesizes meanwhile. For tests, each with a state folder of
 * its own. It ends with the caller, or at stop().
 *
 * @throws {Error} when either fails; nothing stays running then
 */
export async function startAndDeploy(run: Omit<CdkRun, 'endpoint'>): Promise<DeployedLocalStack> {
  const port = await freePort();
  const cdkRun = { ...run, stage: 'local' as const, endpoint: `http://127.0.0.1:${port}` };
  const assembly = synthesize(cdkRun);
  assembly.catch(() => undefined);
  const localStack = await startLocalStack({ stateDir: run.stateDir, port });
  try {
    return { ...localStack, outputs: await deployLocal({ ...cdkRun, assembly }) };
  } catch (error) {
    await localStack.stop();
    throw error;
  }
}
