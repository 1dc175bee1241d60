import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundleConsole } from '../../../infra/console/bundle.ts';
import { hostConsole } from '../../../local/console/host.ts';
import { startAndDeploy } from '../../../local/deploy.ts';
import { seedTenants } from '../../../local/seed.ts';
import { LOCAL_REGION } from '../../../local/target.ts';

/**
 * Starts a LocalStack on a free port with a state folder of its own, deploys every stack to it, and
 * takes both away afterwards. Set PAYSAGA_KEEP_LOGS to keep the folder, and be told where it is.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stateDir = mkdtempSync(join(tmpdir(), 'paysaga-stack-'));
  const remove = () => {
    if (process.env.PAYSAGA_KEEP_LOGS) {
      console.log(`the logs are in ${stateDir}`);
    } else {
      rmSync(stateDir, { recursive: true, force: true });
    }
  };
  try {
    const [folder, deployed] = await Promise.all([bundleConsole(), startAndDeploy({ stateDir })]);
    const { endpoint, outputs } = deployed;
    const named: Record<string, string> = Object.assign({}, ...Object.values(outputs));
    const { ApiUrl: apiUrl = '', SimulatorUrl: simulatorUrl = '' } = named;
    const tenants = await seedTenants({
      endpoint,
      region: LOCAL_REGION,
      apiUrl,
      simulatorUrl,
      outputs,
      log: () => undefined,
    });
    const consoleUrl = await hostConsole({
      endpoint,
      region: LOCAL_REGION,
      apiUrl,
      tenants,
      folder,
    });
    project.provide('stack', {
      endpoint,
      apiUrl,
      simulatorUrl,
      consoleUrl,
      stateDir,
      tenants,
      outputs: named,
    });
    process.env.DYNAMODB_ENDPOINT = endpoint;
    return async () => {
      await deployed.stop();
      remove();
    };
  } catch (error) {
    remove();
    throw error;
  }
}
