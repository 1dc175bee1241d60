import { Aspects, Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';

/**
 * Puts every queue and log group below a scope under a key, those that are made later as well, and
 * lets in the two services that write to them by themselves. Who else may use a queue may use its key
 * through SQS, by the key's own policy.
 */
export function encryptQueuesAndLogs(scope: IConstruct, key: Key): void {
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'EventsOfRulesInThisAccount',
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'LogGroupsOfThisAccount',
      principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
      actions: [
        'kms:Decrypt',
        'kms:DescribeKey',
        'kms:Encrypt',
        'kms:GenerateDataKey*',
        'kms:ReEncrypt*',
      ],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:*`,
        },
      },
    }),
  );
  Aspects.of(scope).add({
    visit: (node) => {
      if (node instanceof CfnQueue) {
        node.sqsManagedSseEnabled = undefined;
        node.kmsMasterKeyId = key.keyArn;
      }
      if (node instanceof CfnLogGroup) {
        node.kmsKeyId = key.keyArn;
      }
    },
  });
}
