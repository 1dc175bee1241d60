import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { functionSpecs } from '../../functions/index.ts';
import type { BucketName, QueueName } from '../../shared/runtime/function-spec.ts';
import { AlarmTopic } from '../constructs/alarms/alarm-topic.ts';
import { raiseOnMetrics } from '../constructs/alarms/metric-alarms.ts';
import { deployedName } from '../constructs/deployed-name.ts';
import { WorkQueue } from '../constructs/edges/work-queue.ts';
import { HouseBucket } from '../constructs/house-bucket.ts';
import { constructId } from '../constructs/house-function.ts';
import { HouseTable } from '../constructs/house-table.ts';
import { PersonalDataKey } from '../constructs/personal-data-key.ts';
import type { BucketRef, QueueRef, TableRef } from '../constructs/surroundings.ts';
import { type DataTableName, tables } from '../tables.ts';
import { HouseStack, type HouseStackProps } from './house-stack.ts';

export type DataQueueName = Exclude<QueueName, 'simulator_webhooks'>;

/** What becomes of a message that a queue gives up, by queue. */
const queues: Readonly<Record<DataQueueName, string>> = {
  provider_notices:
    'A notice of a PSP or a bank was given up: see its reason. What it says happened did happen there, and is not in our books.',
  webhook_deliveries:
    'A try to deliver a webhook was given up: see its reason. The delivery itself is on record, and is tried again by itself.',
};

/** What outlives the functions: what computes can be replaced without it. */
export class DataStack extends HouseStack {
  readonly tables: Readonly<Record<DataTableName, TableRef>>;
  readonly buckets: Readonly<Record<BucketName, BucketRef>>;
  readonly queues: Readonly<Record<DataQueueName, WorkQueue>>;
  /** The same queues, for who sends to them. */
  readonly queueRefs: Readonly<Record<DataQueueName, QueueRef>>;
  readonly alarms: AlarmTopic;
  /** Of what is stored; undefined where the stage has none of its own. */
  readonly key: Key | undefined;
  /** Of the data keys of personal data: in every stage, and not the one above. */
  readonly personalDataKey: { readonly keyArn: string };

  constructor(
    scope: Construct,
    props: HouseStackProps & {
      readonly alarmEmail: string | undefined;
      readonly runbookUrl: string | undefined;
    },
  ) {
    super(scope, 'data', 'tables, files, queues and where alarms go', props);
    const { stage } = props;
    const { alarmEmail: email, runbookUrl } = props;
    this.alarms = new AlarmTopic(this, 'Alarms', { stage, email, runbookUrl });
    raiseOnMetrics(this, this.alarms, functionSpecs);
    if (this.alarms.topic) {
      this.output('AlarmTopicArn', this.alarms.topic.topicArn, 'Where alarms go');
    }
    this.key = stage.customerManagedKey ? this.#dataKey() : undefined;
    const { key } = this;
    this.tables = each(tables, (name, options) => {
      const table = new HouseTable(this, constructId(name), { stage, key, ...options });
      this.output(`${constructId(name)}TableName`, table.tableName, `The table ${name}`);
      return table;
    });
    this.personalDataKey = new PersonalDataKey(this, 'PersonalDataKey', stage);
    this.buckets = { settlements: this.#settlements(key) };
    this.queues = each(queues, (name, says) => this.#queue(name, says));
    this.queueRefs = each(this.queues, (_, { queue }) => queue);
  }

  /** Settlement files. Who asked for which is evidence where they are real. */
  #settlements(key: Key | undefined): BucketRef {
    const { stage } = this;
    const isEvidence = stage.removal === 'retain';
    const accessLogs = isEvidence
      ? new HouseBucket(this, 'SettlementsAccess', {
          stage,
          // S3 delivers access logs to no bucket under a key of ours.
          retentionDays: stage.logRetentionDays,
          unloggedBecause: 'It is the log of the access to another bucket.',
          empties: false,
        })
      : undefined;
    const bucket = new HouseBucket(this, 'SettlementsBucket', {
      stage,
      key,
      retentionDays: stage.fileRetentionDays,
      accessLogs,
      ...(isEvidence ? {} : { unloggedBecause: "Its files are the simulator's: samples." }),
      // An emulator forgets its buckets, and its files with them.
      empties: stage.removal === 'destroy' && this.target.endpoint === null,
    });
    this.output('SettlementsBucketName', bucket.bucketName, 'The bucket of settlement files');
    // Exported now, not when the first stack refers to it: cdk-nag's findings go by the export's name.
    return { bucketArn: this.exportValue(bucket.bucketArn), bucketName: bucket.bucketName };
  }

  /** A queue of plain messages: here, as who feeds it and who works it off need not know each other. */
  #queue(name: DataQueueName, says: string): WorkQueue {
    const consumer = functionSpecs.find(
      ({ trigger }) => trigger.kind === 'queue' && trigger.queue === name,
    );
    const work = new WorkQueue(this, constructId(name), {
      alarms: this.alarms,
      timeoutMs: consumer?.timeoutMs,
      says,
      edge: {
        kind: 'queue',
        name: name.replaceAll('_', '-'),
        function: consumer ? deployedName(this.stage, consumer) : null,
      },
    });
    this.output(`${constructId(name)}QueueUrl`, work.queue.queueUrl, `The queue ${name}`);
    this.output(
      `${constructId(name)}DeadLettersUrl`,
      work.deadLetters.queueUrl,
      `What failed for good of the queue ${name}`,
    );
    return work;
  }

  /**
   * The key of what is stored. Who may use a table, a bucket or a queue may use its key, but only
   * through DynamoDB, S3 and SQS: the same rule as AWS's own keys have, so that functions need no permission on
   * the key itself.
   */
  #dataKey(): Key {
    const key = new Key(this, 'DataKey', {
      description: 'Paysaga: tables, files, queues and logs',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ThroughDynamoDbS3AndSqsInThisAccount',
        principals: [new AnyPrincipal()],
        actions: [
          'kms:CreateGrant',
          'kms:Decrypt',
          'kms:DescribeKey',
          'kms:Encrypt',
          'kms:GenerateDataKey*',
          'kms:ReEncrypt*',
        ],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': Aws.ACCOUNT_ID,
            'kms:ViaService': ['dynamodb', 's3', 'sqs'].map(
              (service) => `${service}.${Aws.REGION}.amazonaws.com`,
            ),
          },
        },
      }),
    );
    return key;
  }
}

/** The record with each of its values replaced. */
function each<K extends string, V, W>(
  record: Readonly<Record<K, V>>,
  make: (name: K, value: V) => W,
): Record<K, W> {
  return Object.fromEntries(
    (Object.entries(record) as [K, V][]).map(([name, value]) => [name, make(name, value)]),
  ) as Record<K, W>;
}
