import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { FunctionSpec } from '../../shared/runtime/function-spec.ts';
import type { Stage } from '../stages.ts';

/**
 * The key that wraps the data keys of personal data, in each stage one of its own: who may read the
 * tables cannot open what is sealed in them. With it all that is sealed is lost, so it outlives its stack
 * where the tables do.
 */
export class PersonalDataKey extends Key {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id, {
      description: `Paysaga (${stage.name}): the data keys of personal data`,
      enableKeyRotation: true,
      ...(stage.removal === 'retain'
        ? { removalPolicy: RemovalPolicy.RETAIN }
        : // The least that KMS takes.
          { removalPolicy: RemovalPolicy.DESTROY, pendingWindow: Duration.days(7) }),
    });
  }
}

/** Using the key for a data key, and only with the names of whose it is. */
export function usesOf(
  actions: NonNullable<FunctionSpec['dataKeys']>,
  keyArn: string,
): PolicyStatement {
  return new PolicyStatement({
    actions: actions.map((action) => `kms:${action}`),
    resources: [keyArn],
    conditions: {
      Null: {
        'kms:EncryptionContext:tenant': 'false',
        'kms:EncryptionContext:customer': 'false',
      },
    },
  });
}
