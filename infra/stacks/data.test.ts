import { describe, expect, it } from 'vitest';
import { stageNames, stages } from '../stages.ts';
import { tables as dataTables } from '../tables.ts';
import { type Named, synthesized } from '../testing/synth.ts';

const tablesOf = (name: (typeof stageNames)[number]) =>
  synthesized(name).resources('AWS::DynamoDB::Table');

/** The bucket of settlement files, and that of the access to it. */
function bucketsOf(name: (typeof stageNames)[number]) {
  const { named } = synthesized(name);
  const policies = named('AWS::S3::BucketPolicy');
  const own = named('AWS::S3::Bucket').filter(([id]) => id.startsWith('Settlements'));
  const buckets = own.map(([id, properties]) => ({
    id,
    properties,
    policy: policies.find(([, { Bucket }]) => Bucket.Ref === id)?.[1].PolicyDocument.Statement,
  }));
  return {
    buckets,
    files: buckets.find(({ id }) => id.startsWith('SettlementsBucket')),
    access: buckets.find(({ id }) => id.startsWith('SettlementsAccess')),
  };
}

describe('the tables', () => {
  it('prod: under our key, restorable, and not to be deleted by accident', () => {
    const tables = tablesOf('prod');
    expect(tables).toHaveLength(Object.keys(dataTables).length);
    for (const { Properties, DeletionPolicy } of tables) {
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      });
      expect(Properties.SSESpecification.KMSMasterKeyId).toBeDefined();
      expect(DeletionPolicy).toBe('Retain');
    }
  });

  it('local and dev: gone, once deleted', () => {
    for (const { Properties, DeletionPolicy } of [...tablesOf('local'), ...tablesOf('dev')]) {
      expect(Properties.DeletionProtectionEnabled).toBe(false);
      expect(DeletionPolicy).toBe('Delete');
    }
  });

  it('have an index for what is read by it, and a stream for what is followed', () => {
    const { named } = synthesized('dev');
    const made = named('AWS::DynamoDB::Table').map(([id, table]) => [
      id.slice(0, -8),
      {
        streams: table.StreamSpecification?.StreamViewType,
        indexes: (table.GlobalSecondaryIndexes ?? []).map(
          ({
            IndexName,
            KeySchema,
            Projection,
          }: {
            IndexName: string;
            KeySchema: { AttributeName: string }[];
            Projection: { ProjectionType: string };
          }) => [
            IndexName,
            ...KeySchema.map(({ AttributeName }) => AttributeName),
            Projection.ProjectionType,
          ],
        ),
      },
    ]);
    const byStatus = ['by_status', 'status_key', 'sk', 'ALL'];
    expect(Object.fromEntries(made)).toEqual({
      Payments: {
        streams: 'NEW_IMAGE',
        indexes: [
          ['by_due', 'due_key', 'due_at', 'KEYS_ONLY'],
          ['by_parked', 'parked_key', 'parked_at', 'INCLUDE'],
        ],
      },
      Ledger: {
        streams: 'NEW_IMAGE',
        indexes: [
          ['by_debit_account', 'debit_account', 'position', 'ALL'],
          ['by_credit_account', 'credit_account', 'position', 'ALL'],
        ],
      },
      Books: { streams: undefined, indexes: [] },
      PaymentList: {
        streams: undefined,
        indexes: [byStatus, ['by_customer', 'customer_key', 'sk', 'KEYS_ONLY']],
      },
      Settlements: { streams: undefined, indexes: [byStatus] },
      Access: { streams: undefined, indexes: [] },
      Projections: { streams: undefined, indexes: [] },
      Customers: { streams: undefined, indexes: [] },
      Providers: { streams: undefined, indexes: [] },
      Webhooks: {
        streams: undefined,
        indexes: [
          ['by_due', 'due_key', 'due_at', 'KEYS_ONLY'],
          ['by_status', 'status_key', 'sk', 'KEYS_ONLY'],
        ],
      },
      OperatorLog: { streams: undefined, indexes: [] },
      Table: { streams: undefined, indexes: [] },
    });
  });
});

describe('the key of what is stored', () => {
  it('prod: may be used by whom DynamoDB, S3 and SQS let in, in this account alone', () => {
    const { named } = synthesized('prod');
    const [, { KeyPolicy }] = named('AWS::KMS::Key').find(([id]) => id.startsWith('Data')) as Named;
    const statement = KeyPolicy.Statement.find(
      ({ Sid }: { Sid?: string }) => Sid === 'ThroughDynamoDbS3AndSqsInThisAccount',
    );
    const region = { Ref: 'AWS::Region' };
    expect(statement.Condition.StringEquals).toEqual({
      'kms:CallerAccount': { Ref: 'AWS::AccountId' },
      'kms:ViaService': ['dynamodb.', 's3.', 'sqs.'].map((service) => ({
        'Fn::Join': ['', [service, region, '.amazonaws.com']],
      })),
    });
  });

  it('prod: rotates, and stays', () => {
    const keys = synthesized('prod').resources('AWS::KMS::Key');
    expect(keys).toHaveLength(3);
    for (const { Properties, DeletionPolicy } of keys) {
      expect(Properties.EnableKeyRotation).toBe(true);
      expect(DeletionPolicy).toBe('Retain');
    }
  });
});

describe.each(stageNames)('personal data in stage %s', (name) => {
  const { named, resources } = synthesized(name);

  it('has a key of its own, which rotates and which no policy of ours lets a service use', () => {
    const [[id, key] = ['', {} as Named[1]], ...others] = named('AWS::KMS::Key').filter(([one]) =>
      one.startsWith('PersonalData'),
    );
    expect([id.slice(0, -8), others]).toEqual(['PersonalDataKey', []]);
    expect(key.EnableKeyRotation).toBe(true);
    expect(key.KeyPolicy.Statement).toHaveLength(1);
    expect(JSON.stringify(key.KeyPolicy)).toContain(':root');
  });

  it('is restored with the keys of a day at most, where it is restored at all', () => {
    const periods = resources('AWS::DynamoDB::Table').flatMap(({ Properties }) => {
      const { RecoveryPeriodInDays } = Properties.PointInTimeRecoverySpecification;
      return RecoveryPeriodInDays === undefined ? [] : [RecoveryPeriodInDays];
    });
    expect(periods).toEqual(stages[name].pointInTimeRecovery ? [1] : []);
  });
});

describe.each(stageNames)('the settlement files of stage %s', (name) => {
  it('are in a bucket that no one reads in the open, from outside or without TLS', () => {
    const { buckets } = bucketsOf(name);
    expect(buckets.length).toBeGreaterThan(0);
    for (const { properties, policy } of buckets) {
      expect(properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
      expect(properties.BucketEncryption.ServerSideEncryptionConfiguration).toHaveLength(1);
      const denied = policy.filter(({ Effect }: { Effect: string }) => Effect === 'Deny');
      expect(denied.map(({ Condition }: { Condition: unknown }) => Condition)).toEqual([
        { Bool: { 'aws:SecureTransport': 'false' } },
        { NumericLessThan: { 's3:TlsVersion': 1.2 } },
      ]);
    }
  });

  it('are kept as long as the stage says, what they replaced as well', () => {
    const days = stages[name].fileRetentionDays;
    const kept = stages[name].removal === 'retain';
    const { files } = bucketsOf(name);
    expect(files?.properties.VersioningConfiguration?.Status).toBe(kept ? 'Enabled' : undefined);
    expect(files?.properties.LifecycleConfiguration.Rules).toEqual([
      {
        Status: 'Enabled',
        ExpirationInDays: days,
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        ...(kept ? { NoncurrentVersionExpiration: { NoncurrentDays: days } } : {}),
      },
    ]);
  });
});

describe('the bucket of settlement files', () => {
  it('prod: is under our key, stays when its stack goes, and tells who asked for what', () => {
    const { files, access } = bucketsOf('prod');
    const [encryption] = files?.properties.BucketEncryption.ServerSideEncryptionConfiguration ?? [];
    expect(encryption).toMatchObject({
      BucketKeyEnabled: true,
      ServerSideEncryptionByDefault: {
        SSEAlgorithm: 'aws:kms',
        KMSMasterKeyID: { 'Fn::GetAtt': [expect.stringMatching(/^DataKey/), 'Arn'] },
      },
    });
    expect(files?.properties.LoggingConfiguration.DestinationBucketName).toEqual({
      Ref: access?.id,
    });
    expect(access?.policy).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 's3:PutObject',
        Principal: { Service: 'logging.s3.amazonaws.com' },
      }),
    );
    for (const { DeletionPolicy } of synthesized('prod').resources('AWS::S3::Bucket')) {
      expect(DeletionPolicy).toBe('Retain');
    }
    expect(synthesized('prod').resources('Custom::S3AutoDeleteObjects')).toEqual([]);
  });

  it('dev: goes with its stack, and is emptied before; local: an emulator forgets it', () => {
    for (const name of ['dev', 'local'] as const) {
      expect(bucketsOf(name).buckets).toHaveLength(1);
      // In dev beside them the console's, and that of its access logs.
      const buckets = synthesized(name).resources('AWS::S3::Bucket');
      for (const { DeletionPolicy } of buckets) {
        expect(DeletionPolicy).toBe('Delete');
      }
      expect(synthesized(name).resources('Custom::S3AutoDeleteObjects')).toHaveLength(
        name === 'dev' ? buckets.length : 0,
      );
    }
  });
});

describe('the queue of notices', () => {
  it.each(stageNames)('%s: is there with its dead letters, with a simulator or without', (name) => {
    const outputs = synthesized(name).templates[0]?.findOutputs('*') ?? {};
    expect(Object.keys(outputs)).toEqual(
      expect.arrayContaining([
        'ProviderNoticesQueueUrl',
        'ProviderNoticesDeadLettersUrl',
        'SettlementsBucketName',
        'SettlementsTableName',
        'AlarmTopicArn',
      ]),
    );
  });

  it('is told of in words that say what is at stake', () => {
    const alarm = synthesized('prod')
      .named('AWS::CloudWatch::Alarm')
      .find(([id]) => id.startsWith('ProviderNotices'))?.[1];
    expect(alarm.AlarmDescription).toMatch(/did happen there, and is not in our books/);
  });
});
