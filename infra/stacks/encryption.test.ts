import { describe, expect, it } from 'vitest';
import { type Named, synthesized } from '../testing/synth.ts';

/** The key of each resource of a type, by its construct's own name; undefined for none of ours. */
function keysOf(type: string, keyIn: (properties: Named[1]) => unknown): Map<string, string> {
  const { named, followed } = synthesized('prod');
  return new Map(
    named(type).map(([id, properties]) => {
      const key = keyIn(properties);
      const reference = (key ? followed(key) : {}) as { readonly 'Fn::GetAtt'?: string[] };
      return [id, reference['Fn::GetAtt']?.[0]?.slice(0, -8) ?? ''];
    }),
  );
}

describe('what prod stores, by the key that it is under', () => {
  it.each([
    ['a table', 'AWS::DynamoDB::Table', (one: Named[1]) => one.SSESpecification?.KMSMasterKeyId],
    ['a queue', 'AWS::SQS::Queue', (one: Named[1]) => one.KmsMasterKeyId],
    ['a log group', 'AWS::Logs::LogGroup', (one: Named[1]) => one.KmsKeyId],
  ])('is, for %s, the one of what is stored', (_name, type, keyIn) => {
    const keys = keysOf(type, keyIn);
    expect(keys.size).toBeGreaterThan(7);
    expect([...keys].filter(([, key]) => key !== 'DataKey')).toEqual([]);
  });

  it('is, for the topic of alarms, the topic’s own: CloudWatch may use no other', () => {
    const keys = keysOf('AWS::SNS::Topic', ({ KmsMasterKeyId }) => KmsMasterKeyId);
    expect([...keys.values()]).toEqual(['AlarmsKey']);
  });

  it('is, for a bucket, the same, but for access logs, which AWS delivers to no other, and public files', () => {
    const keys = keysOf(
      'AWS::S3::Bucket',
      ({ BucketEncryption }) =>
        BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault
          .KMSMasterKeyID,
    );
    const names = [...keys].map(([id, key]) => [id.slice(0, -8), key]);
    expect(Object.fromEntries(names)).toEqual({
      SettlementsBucket: 'DataKey',
      SettlementsAccess: '',
      // Of the console: who asked CloudFront for its files, and the files.
      AccessLogs: '',
      FilesBucket: '',
    });
  });

  /*
   * The bus itself keeps nothing but its archive. An execution's history has ids, outcomes and amounts,
   * and is under a key of AWS's.
   */
  it('is, for the archive of the bus, the same', () => {
    const keys = keysOf('AWS::Events::Archive', ({ KmsKeyIdentifier }) => KmsKeyIdentifier);
    expect([...keys.values()]).toEqual(['DataKey']);
    expect(synthesized('prod').resources('AWS::Events::EventBus')).toHaveLength(1);
  });

  it('may be written by rules, the archive and CloudWatch Logs, of this account alone', () => {
    const [, { KeyPolicy }] = synthesized('prod')
      .named('AWS::KMS::Key')
      .find(([id]) => id.startsWith('Data')) as Named;
    const services = KeyPolicy.Statement.filter(
      ({ Principal }: { Principal: { Service?: unknown } }) => Principal.Service !== undefined,
    );
    expect(services).toHaveLength(4);
    for (const { Action, Condition } of services) {
      // That a key is there is no secret, and EventBridge asks without saying for whom.
      expect(Action === 'kms:DescribeKey' ? 'AWS::AccountId' : JSON.stringify(Condition)).toContain(
        'AWS::AccountId',
      );
    }
  });

  it('is under keys of AWS’s where a stage has none of its own', () => {
    for (const name of ['local', 'dev'] as const) {
      for (const { Properties } of synthesized(name).resources('AWS::SQS::Queue')) {
        expect([Properties.KmsMasterKeyId, Properties.SqsManagedSseEnabled]).toEqual([
          undefined,
          true,
        ]);
      }
    }
  });
});
