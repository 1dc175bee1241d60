import type { MachineName } from '../../shared/domain/saga/sagas.ts';
import type { BucketName, QueueName, TableName } from '../../shared/runtime/function-spec.ts';
import type { Bundles } from '../bundle.ts';
import type { Stage } from '../stages.ts';

/** A table, as far as others need to know it. */
export interface TableRef {
  readonly tableArn: string;
  readonly tableName: string;
  readonly tableStreamArn?: string | undefined;
}

/** A bucket, as far as others need to know it. */
export interface BucketRef {
  readonly bucketArn: string;
  readonly bucketName: string;
}

/** A queue, as far as who sends to it needs to know it. */
export interface QueueRef {
  readonly queueArn: string;
  readonly queueUrl: string;
}

/** What a function can be given of a deployment; a spec that asks for what is absent is refused. */
export interface Surroundings {
  readonly stage: Stage;
  readonly bundles: Bundles;
  readonly tables: Readonly<Partial<Record<TableName, TableRef>>>;
  readonly buckets?: Readonly<Partial<Record<BucketName, BucketRef>>>;
  readonly queues?: Readonly<Partial<Record<QueueName, QueueRef>>>;
  /** What wraps the data keys of personal data. */
  readonly personalDataKey?: { readonly keyArn: string };
  readonly bus?: { readonly eventBusArn: string; readonly eventBusName: string };
  readonly providerUrl?: string;
  readonly bankUrl?: string;
  readonly sagaArns?: Readonly<Record<MachineName, string>>;
}

/** @throws Error naming the function and what it asked for */
export function required<T>(value: T | undefined, who: string, what: string): T {
  if (value === undefined) {
    throw new Error(`${who} needs ${what}, which its stack does not have`);
  }
  return value;
}
