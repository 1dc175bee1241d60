import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';

export interface HouseBucketProps {
  readonly stage: Stage;
  /** Our own key, where the stage has one. */
  readonly key?: IKey | undefined;
  /** After how many days an object, and what it replaced, is deleted. */
  readonly retentionDays: number;
  /** Takes the log of who asked for what. */
  readonly accessLogs?: Bucket | undefined;
  /** Why there is no such log, where there is none. */
  readonly unloggedBecause?: string;
  /** Empties the bucket when its stack is deleted, which AWS would refuse otherwise. */
  readonly empties: boolean;
}

/**
 * A bucket with the house's defaults: encrypted, for TLS and this account alone, no object without
 * an end, and what the stage says of versions and deletion.
 */
export class HouseBucket extends Bucket {
  constructor(scope: Construct, id: string, props: HouseBucketProps) {
    const { stage, key, accessLogs, unloggedBecause } = props;
    const retention = Duration.days(props.retentionDays);
    const keeps = stage.removal === 'retain';
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: keeps,
      lifecycleRules: [
        {
          expiration: retention,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          ...(keeps ? { noncurrentVersionExpiration: retention } : {}),
        },
      ],
      removalPolicy: keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      autoDeleteObjects: props.empties,
      ...(key
        ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      // CDK's Bucket lacks an `| undefined` to be its own IBucket under exactOptionalPropertyTypes.
      ...(accessLogs ? { serverAccessLogsBucket: accessLogs as IBucket } : {}),
    });
    if (unloggedBecause) {
      acknowledge(this, { S1: unloggedBecause });
    }
  }
}
