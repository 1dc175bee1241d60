import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { CountedPath, Counts, CountsFile } from '../../docs/cost/counts.ts';
import { startAndDeploy } from '../../local/deploy.ts';
import { apiUrl } from '../../local/stack.ts';
import { LOCAL_REGION } from '../../local/target.ts';
import { connectSimulator } from '../../local/webhooks.ts';
import { leastOf, medianOf } from './count/combine.ts';
import { startCounting, stopCounting } from './count/lines.ts';
import { meterOf } from './measure.ts';
import { type PathName, pathNames, paths, payTogether } from './paths.ts';
import { type CostStack, merchantOf } from './stack.ts';
import { countStanding } from './standing.ts';

export interface CostOrder {
  /** How many payments of each path, one after the other. */
  readonly payments: number;
  /** How many at once, for what is shared in batches. */
  readonly together: number;
  readonly say: (line: string) => void;
}

/**
 * 1. Starts a LocalStack of its own, and deploys every stack to it.
 * 2. Sends a payment that is not counted: what starts, starts.
 * 3. Takes each path some times, one payment after the other, and counts each.
 * 4. Sends many payments at once, and counts them together.
 *
 * @throws Error when a payment does not come to its end, or is not answered as it should
 */
export async function countCosts({ payments, together, say }: CostOrder): Promise<CountsFile> {
  const stateDir = mkdtempSync(join(tmpdir(), 'paysaga-cost-'));
  const remove = () => rmSync(stateDir, { recursive: true, force: true });
  const deployed = startAndDeploy({ stateDir });
  deployed.catch(remove);
  const { endpoint, outputs, stop } = await deployed;
  try {
    const simulatorUrl = apiUrl(outputs, 'SimulatorUrl', endpoint);
    const stack = {
      ...costStack(endpoint, stateDir, Object.assign({}, ...Object.values(outputs))),
      apiUrl: apiUrl(outputs, 'ApiUrl', endpoint),
    };
    await connectSimulator({ endpoint, region: LOCAL_REGION, apiUrl: stack.apiUrl, simulatorUrl });
    const counted: [PathName, CountedPath][] = [];
    for (const name of pathNames) {
      const alone = await countAlone(stack, name, payments, say);
      const all = name === 'captured' ? await countTogether(stack, together, say) : null;
      counted.push([
        name,
        { says: paths[name].says, kind: paths[name].kind, alone, together: all },
      ]);
    }
    return {
      counted: new Date().toISOString().slice(0, 10),
      payments,
      paths: Object.fromEntries(counted),
      standing: countStanding(),
    };
  } finally {
    await stop();
    remove();
  }
}

export function costStack(
  endpoint: string,
  stateDir: string,
  outputs: Readonly<Record<string, string>>,
): Omit<CostStack, 'apiUrl'> {
  const config = {
    endpoint,
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  return { stateDir, outputs, dynamo: new DynamoDBClient(config), machines: new SFNClient(config) };
}

/** One payment after the other, and before them one that is not counted. */
export async function countAlone(
  stack: CostStack,
  name: PathName,
  payments: number,
  say: (line: string) => void,
): Promise<Counts> {
  const { api } = await merchantOf(stack, `cost-${name.replaceAll('_', '-')}`);
  const all: Counts[] = [];
  startCounting(stack.stateDir);
  try {
    for (let nth = 0; nth <= payments; nth++) {
      say(`${name}: ${nth === 0 ? 'once to begin with' : `${nth} of ${payments}`}`);
      all.push(await paths[name].count(api, meterOf(stack)));
    }
  } finally {
    stopCounting(stack.stateDir);
  }
  const counted = all.slice(1);
  return leastOf(medianOf(counted), counted);
}

async function countTogether(
  stack: CostStack,
  payments: number,
  say: (line: string) => void,
): Promise<Counts> {
  say(`captured: ${payments} at once`);
  const { api } = await merchantOf(stack, 'cost-together');
  await paths.captured.count(api, meterOf(stack));
  const counts = await meterOf(stack).count(() => payTogether(api, payments));
  stopCounting(stack.stateDir);
  return counts;
}
