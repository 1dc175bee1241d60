import { type CfnElement, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import {
  BucketDeployment,
  type BucketDeploymentProps,
  CacheControl,
  Source,
} from 'aws-cdk-lib/aws-s3-deployment';
import { Construct, type IConstruct } from 'constructs';
import { type ConsoleSettings, cacheControl, unhashedFiles } from '../console/settings.ts';
import type { Stage } from '../stages.ts';
import { acknowledge } from './acknowledge.ts';
import { apiStageName } from './api/payment-api.ts';
import { HouseBucket } from './house-bucket.ts';

export interface ConsoleFilesProps {
  readonly stage: Stage;
  readonly folder: string;
}

/**
 * The console's files in a bucket of their own. Those with a hash in their name come first and stay: a
 * page that is open in somebody's browser may ask for them after the next deployment.
 */
export class ConsoleFiles extends Construct {
  readonly bucket: HouseBucket;

  constructor(scope: Construct, id: string, { stage, folder }: ConsoleFilesProps) {
    super(scope, id);
    this.bucket = new HouseBucket(this, 'Bucket', {
      stage,
      // Public files: nothing that a key of ours would keep.
      retentionDays: null,
      unloggedBecause: 'CloudFront alone reads it, and has a log where the stage keeps one.',
      empties: stage.removal === 'destroy',
    });
    const settings: ConsoleSettings = { stage: stage.name, api_url: `/${apiStageName}` };
    const logGroup = new LogGroup(this, 'DeploymentLogs', {
      retention: stage.logRetentionDays,
      removalPolicy: stage.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const common = {
      destinationBucket: this.bucket as IBucket,
      prune: false,
      logGroup,
    } satisfies Partial<BucketDeploymentProps>;
    const hashed = new BucketDeployment(this, 'Hashed', {
      ...common,
      sources: [Source.asset(folder, { exclude: [...unhashedFiles] })],
      cacheControl: [CacheControl.fromString(cacheControl.hashed)],
    });
    const unhashed = new BucketDeployment(this, 'Unhashed', {
      ...common,
      sources: [
        Source.asset(folder, { exclude: ['*', '!index.html'] }),
        Source.jsonData('config.json', settings),
      ],
      cacheControl: [CacheControl.fromString(cacheControl.unhashed)],
    });
    unhashed.node.addDependency(hashed);
    acknowledgeCopier(hashed.handlerRole.node.scope ?? this, this.bucket);
  }
}

/** The function that copies the files at a deployment is CDK's, one for both; it ends with the copying. */
function acknowledgeCopier(copier: IConstruct, bucket: HouseBucket): void {
  const { stack } = bucket;
  const id = stack.getLogicalId(bucket.node.defaultChild as CfnElement);
  const ofCdk =
    "CDK's own function has it, for the files of this bucket and of CDK's assets alone.";
  const actions = ['GetBucket*', 'GetObject*', 'List*', 'Abort*', 'DeleteObject*'];
  const assets = 'cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>';
  acknowledge(copier, {
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
      "CDK's own function has it: it may write its log.",
    ...Object.fromEntries(actions.map((action) => [`IAM5[Action::s3:${action}]`, ofCdk])),
    [`IAM5[Resource::arn:<AWS::Partition>:s3:::${assets}/*]`]: ofCdk,
    [`IAM5[Resource::<${id}.Arn>/*]`]: ofCdk,
    L1: "CDK chooses its function's runtime.",
  });
}
