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

/** How long what was replaced is kept in a bucket whose objects have no end. */
const REPLACED_DAYS = 90;

export interface HouseBucketProps {
  readonly stage: Stage;
  /** Our own key, where the stage has one. */
  readonly key?: IKey | undefined;
  /** After how many days an object, and what it replaced, is deleted; null: what is in use stays. */
  readonly retentionDays: number | null;
  /** For a service that delivers by an access control list of the object. Default: there are none. */
  readonly takesAcls?: boolean;
  /** Takes the log of who asked for what. */
  readonly accessLogs?: Bucket | undefined;
  /** Why there is no such log, where there is none. */
  readonly unloggedBecause?: string;
  /** Empties the bucket when its stack is deleted, which AWS would refuse otherwise. */
  readonly empties: boolean;
}

/**
 * A bucket with the house's defaults: encrypted, for TLS and this account alone, no object without
 * an end unless it is in use, and what the stage says of versions and deletion.
 */
export class HouseBucket extends Bucket {
  constructor(scope: Construct, id: string, props: HouseBucketProps) {
    const { stage, key, accessLogs, unloggedBecause } = props;
    const { retentionDays } = props;
    const keeps = stage.removal === 'retain';
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: props.takesAcls
        ? ObjectOwnership.BUCKET_OWNER_PREFERRED
        : ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: keeps,
      lifecycleRules: [
        {
          ...(retentionDays === null ? {} : { expiration: Duration.days(retentionDays) }),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          ...(keeps
            ? { noncurrentVersionExpiration: Duration.days(retentionDays ?? REPLACED_DAYS) }
            : {}),
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
