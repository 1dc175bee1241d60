import type { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { edges } from '../../../../test/support/dead-letters/letters.ts';
import { cloudFormationEdges } from './stage-edges.ts';

/** CloudFormation with these stacks, and the names that it was asked for. */
function stacks(outputs: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const asked: string[] = [];
  const send = async ({ input: { StackName = '' } }: DescribeStacksCommand) => {
    asked.push(StackName);
    const of = outputs[StackName];
    if (!of) {
      const missing = `Stack with id ${StackName} does not exist`;
      throw Object.assign(new Error(missing), { name: 'ValidationError' });
    }
    const Outputs = Object.entries(of).map(([OutputKey, OutputValue]) => ({
      OutputKey,
      OutputValue,
    }));
    return { Stacks: [{ Outputs }] };
  };
  return { asked, client: { send } as unknown as CloudFormationClient };
}

const { relay, notices } = edges;
const names = ['paysaga-prod-data', 'paysaga-prod-pipeline', 'paysaga-prod-clock'];
const aStage = {
  'paysaga-prod-data': { NoticesEdge: JSON.stringify(notices) },
  'paysaga-prod-pipeline': { RelayEdge: JSON.stringify(relay), ApiUrl: 'https://x' },
};

it('has the edges of all stacks that a stage has, without those that it has not', async () => {
  const { asked, client } = stacks(aStage);
  expect(await cloudFormationEdges(client, names)()).toEqual([relay, notices]);
  expect(asked).toEqual(names);
});

it('asks once in five minutes', async () => {
  const { asked, client } = stacks(aStage);
  let nowMs = 0;
  const edgesOf = cloudFormationEdges(client, names, () => nowMs);
  await edgesOf();
  nowMs = 299_999;
  await edgesOf();
  expect(asked).toHaveLength(3);
  nowMs = 300_000;
  await edgesOf();
  expect(asked).toHaveLength(6);
});

it('takes no stage for one without edges, and asks again after a failure', async () => {
  const { asked, client } = stacks({ 'paysaga-prod-data': { ApiUrl: 'https://x' } });
  const edgesOf = cloudFormationEdges(client, names);
  await expect(edgesOf()).rejects.toThrow(/^none of paysaga-prod-data, .* names an edge$/);
  await expect(edgesOf()).rejects.toThrow(/^none of paysaga-prod-data, .* names an edge$/);
  expect(asked).toHaveLength(6);
});
