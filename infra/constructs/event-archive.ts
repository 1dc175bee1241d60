import { Arn, Stack } from 'aws-cdk-lib';
import { CfnArchive, type EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { eventSources } from '../../shared/contracts/events/sources.ts';

export interface EventArchiveProps {
  readonly bus: EventBus;
  /** The bus's own: the key's policy, in another stack, has it in it and must not wait for the bus. */
  readonly busName: string;
  readonly days: number;
  /** Undefined: a key of AWS's. */
  readonly key: Key | undefined;
}

/**
 * All events of ours that the bus carries, for as many days, from where EventBridge can replay them. It
 * marks what it replays, and archives none of that again.
 *
 * Not CDK's `Archive`, which lets its bus into the key by a reference to it, and without a key gives an
 * empty one.
 */
export class EventArchive extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { bus, busName, days, key }: EventArchiveProps) {
    super(scope, id);
    if (key) {
      this.#letIn(key, busName);
    }
    const archive = new CfnArchive(this, 'Archive', {
      sourceArn: bus.eventBusArn,
      description: `Events of ${busName}, to be replayed`,
      eventPattern: { source: [...eventSources] },
      retentionDays: days,
      ...(key && { kmsKeyIdentifier: key.keyArn }),
    });
    this.arn = archive.attrArn;
  }

  /** What an archive takes of a key. Source: EventBridge user guide, "Encrypting archives". */
  #letIn(key: Key, busName: string): void {
    const busArn = Arn.format(
      { service: 'events', resource: 'event-bus', resourceName: busName },
      Stack.of(key),
    );
    const principals = [new ServicePrincipal('events.amazonaws.com')];
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ArchiveOfTheBus',
        principals,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncrypt*'],
        resources: ['*'],
        conditions: { StringEquals: { 'kms:EncryptionContext:aws:events:event-bus:arn': busArn } },
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ArchiveLooksAtTheKey',
        principals,
        actions: ['kms:DescribeKey'],
        resources: ['*'],
      }),
    );
  }
}
