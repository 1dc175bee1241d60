import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import type { TableShape } from '../tables.ts';
import { acknowledge } from './acknowledge.ts';

export interface HouseTableProps extends TableShape {
  readonly stage: Stage;
  /** Our own key, where the stage has one. */
  readonly key?: IKey | undefined;
}

/**
 * A table with the house's defaults: keys `pk` and `sk`, paid by the request, encrypted, items
 * with an `expires_at` (seconds) deleted after it, and what the stage says of backups and deletion.
 */
export class HouseTable extends Table {
  constructor(scope: Construct, id: string, props: HouseTableProps) {
    const { stage, key, stream, indexes = {}, recoveryDays } = props;
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expires_at',
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: stage.pointInTimeRecovery,
        ...(stage.pointInTimeRecovery && recoveryDays !== undefined
          ? { recoveryPeriodInDays: recoveryDays }
          : {}),
      },
      deletionProtection: stage.deletionProtection,
      removalPolicy: stage.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(key
        ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }
        : { encryption: TableEncryption.DEFAULT }),
      ...(stream ? { stream: StreamViewType.NEW_IMAGE } : {}),
    });
    for (const [indexName, { partition, sort, projects }] of Object.entries(indexes)) {
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: sort, type: AttributeType.STRING },
        ...projectionOf(projects),
      });
    }
    if (!stage.pointInTimeRecovery) {
      acknowledge(this, { DDB3: 'The local stage keeps its tables in memory.' });
    }
  }
}

function projectionOf(projects: readonly string[] | undefined) {
  if (projects === undefined) {
    return { projectionType: ProjectionType.ALL };
  }
  return projects.length === 0
    ? { projectionType: ProjectionType.KEYS_ONLY }
    : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...projects] };
}
