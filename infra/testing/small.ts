import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AlarmTopic } from '../constructs/alarms/alarm-topic.ts';
import type { Surroundings, TableRef } from '../constructs/surroundings.ts';
import { type StageName, stages } from '../stages.ts';
import { emptyBundles, flags, type Resource } from './synth.ts';

const table = (name: string): TableRef => ({
  tableArn: `arn:aws:dynamodb:::table/${name}`,
  tableName: name,
});

/** A stack for one construct, with surroundings in which each function finds what it asks for. */
export function smallStack(name: StageName = 'dev') {
  const stack = new Stack(new App({ analyticsReporting: false, context: flags() }), 'small');
  const stage = stages[name];
  const notices = new Queue(stack, 'Notices');
  const surroundings: Surroundings = {
    stage,
    bundles: emptyBundles(mkdtempSync(join(tmpdir(), 'paysaga-small-'))),
    tables: { payments: table('payments'), ledger: table('ledger') },
    buckets: { settlements: { bucketArn: 'arn:aws:s3:::files', bucketName: 'files' } },
    queues: { provider_notices: notices },
    bus: { eventBusArn: 'arn:bus', eventBusName: 'bus' },
    providerUrl: 'https://psp.example.com',
    bankUrl: 'https://bank.example.com',
    sagaArns: {
      payment: 'arn:payment',
      capture: 'arn:capture',
      cancel: 'arn:cancel',
      refund: 'arn:refund',
      payout: 'arn:payout',
      resolve: 'arn:resolve',
      'resolve-payout': 'arn:resolve-payout',
    },
  };
  let template: Template | undefined;
  return {
    stack,
    surroundings,
    alarms: new AlarmTopic(stack, 'Alarms', { stage, email: 'someone@example.com' }),
    /** The properties of the one resource of this type whose logical id begins so. */
    one: (type: string, id = ''): Resource['Properties'] => {
      template ??= Template.fromStack(stack);
      const found = Object.entries(template.findResources(type)).filter(([logicalId]) =>
        logicalId.startsWith(id),
      );
      if (found.length !== 1) {
        throw new Error(`${found.length} of ${type} ${id}`);
      }
      return found[0]?.[1].Properties;
    },
  };
}
