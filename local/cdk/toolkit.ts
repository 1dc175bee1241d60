import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AlreadyExistsException,
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { LOCAL_REGION } from '../target.ts';

const NAME = 'CDKToolkit';
const DEADLINE_MS = 60_000;
const POLL_MS = 100;

/**
 * Makes what the cdk CLI needs of an account, once. This is `cdk bootstrap` with a template of its own,
 * given straight to CloudFormation: the CLI takes 8 s for it, most of them waiting.
 *
 * @param endpoint a loopback endpoint that has passed assertLocalTarget
 * @throws {Error} when the stack cannot be created
 */
export async function bootstrapToolkit(endpoint: string): Promise<void> {
  const client = new CloudFormationClient({
    endpoint,
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const template = await readFile(join(import.meta.dirname, 'toolkit.json'), 'utf8');
  try {
    await client.send(new CreateStackCommand({ StackName: NAME, TemplateBody: template }));
  } catch (error) {
    if (!(error instanceof AlreadyExistsException)) throw error;
  }
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: NAME }));
    const status = Stacks?.[0]?.StackStatus;
    if (status?.endsWith('_COMPLETE') && !status.includes('ROLLBACK')) return;
    if (!status?.endsWith('_IN_PROGRESS') || Date.now() > deadline) {
      throw new Error(`${NAME} is ${status}: ${Stacks?.[0]?.StackStatusReason}`);
    }
    await sleep(POLL_MS);
  }
}
