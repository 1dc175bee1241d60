import { stages } from '../../infra/stages.ts';
import { billedMs, busyMs, type MachineType, waitsMs } from '../cost/bill.ts';
import type { Counts } from '../cost/counts.ts';

/** What there is only so much of, and what a payment takes of it. */
export interface Quota {
  readonly service: string;
  readonly what: string;
  /** A second; of what is in use at once, at any time. */
  readonly limit: number;
  /** What one payment takes of it: so many a second at a payment a second. */
  readonly perPayment: (counts: Counts) => number;
  /** What is done when it is not enough. */
  readonly remedy: string;
  readonly source: string;
  /** Only where the saga runs so; absent: in both. */
  readonly type?: MachineType;
}

const pages = {
  apiGateway: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
  lambda: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  sqsSource: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html',
  dynamo: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
  partitions:
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html',
  eventBridge: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html',
  stepFunctions: 'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
  ours: 'infra/stages.ts',
  consumers: 'infra/constructs/edges/queue-consumer.ts',
} as const;

const sum = <T>(all: Readonly<Record<string, T>>, of: (one: T) => number): number =>
  Object.values(all).reduce((total, one) => total + of(one), 0);

/** On-demand tables: so many request units a second of each kind, of a table or of one index. */
const tableUnits = 40_000;

/** What DynamoDB lets one partition, and so one key, take. */
export const partitionWriteUnits = 1_000;

const secondsBusy = ({ functions }: Counts): number => sum(functions, billedMs) / 1_000;

const { throttle, limits, providers } = stages.prod;

/** Default quotas of an account in us-east-1, and what the stage prod sets itself. */
export function quotasOf(counts: Counts): readonly Quota[] {
  return [
    {
      service: 'Paysaga',
      what: 'requests, the stage’s own throttle',
      limit: Math.min(throttle.ratePerSecond, limits.stage.perSecond),
      perPayment: ({ api_requests }) => api_requests,
      remedy: 'raise `throttle` and `limits` of the stage, after everything below',
      source: pages.ours,
    },
    ...Object.entries(providers).map(
      ([name, { rate }]): Quota => ({
        service: 'PSP',
        what: `calls of ${name}`,
        limit: rate?.perSecond ?? Number.POSITIVE_INFINITY,
        perPayment: ({ payments }) => payments,
        remedy:
          'agree on a higher rate with the PSP, then raise `rate` and `slots`; route charges to several PSPs',
        source: pages.ours,
      }),
    ),
    {
      service: 'API Gateway',
      what: 'requests of the account',
      limit: 10_000,
      perPayment: ({ api_requests }) => api_requests,
      remedy: 'raise the quota; above what AWS grants, more accounts or regions, by tenant',
      source: pages.apiGateway,
    },
    {
      service: 'Lambda',
      what: 'executions at once',
      limit: 1_000,
      perPayment: secondsBusy,
      remedy:
        'raise the quota (tens of thousands are granted); a function gets 1,000 more environments every 10 s',
      source: pages.lambda,
    },
    {
      service: 'Step Functions',
      what: 'StartExecution, STANDARD',
      limit: 300,
      perPayment: ({ machines }) => sum(machines, ({ executions }) => executions),
      remedy: 'raise the quota, or run the saga as EXPRESS',
      source: pages.stepFunctions,
      type: 'STANDARD',
    },
    {
      service: 'Step Functions',
      what: 'state transitions, STANDARD',
      limit: 5_000,
      perPayment: ({ machines }) => sum(machines, ({ transitions }) => transitions),
      remedy: 'raise the quota, or run the saga as EXPRESS, which has none',
      source: pages.stepFunctions,
      type: 'STANDARD',
    },
    {
      service: 'Step Functions',
      what: 'StartExecution, EXPRESS',
      limit: 6_000,
      perPayment: ({ machines }) => sum(machines, ({ executions }) => executions),
      remedy: 'raise the quota; above it more accounts, by tenant',
      source: pages.stepFunctions,
      type: 'EXPRESS',
    },
    ...tableQuotas(counts),
    {
      service: 'EventBridge',
      what: 'PutEvents, one event a call at worst',
      limit: 10_000,
      perPayment: ({ events }) => events,
      remedy: 'raise the quota; under load a call takes ten events, which is ten times as many',
      source: pages.eventBridge,
    },
    {
      service: 'EventBridge',
      what: 'invocations of targets',
      limit: 18_750,
      perPayment: ({ queues }) => sum(queues, ({ messages }) => messages),
      remedy: 'raise the quota; or one rule for all consumers behind an SNS topic of queues',
      source: pages.eventBridge,
    },
    ...Object.keys(counts.queues).map(
      (name): Quota => ({
        service: 'Lambda',
        what: `${name}, batches at once`,
        limit: consumersAtOnce,
        perPayment: ({ functions, queues }) => {
          const consumer = functions[name];
          const messages = queues[name]?.messages ?? 0;
          if (!consumer || messages === 0) {
            return 0;
          }
          // Under load a batch is full. Its messages wait together, but have one processor.
          const msPerBatch = (batchMessages * busyMs(consumer) + waitsMs(consumer)) / messages;
          return (messages / batchMessages) * (msPerBatch / 1_000);
        },
        remedy: 'raise `maxConcurrency` of the consumer, up to 1,000; what waits is only late',
        source: pages.consumers,
      }),
    ),
  ];
}

/** infra/constructs/edges/queue-consumer.ts; a test holds them against the template. */
export const consumersAtOnce = 10;
export const batchMessages = 10;

function tableQuotas(counts: Counts): readonly Quota[] {
  return Object.keys(counts.tables).flatMap((name): readonly Quota[] => {
    const common = {
      service: 'DynamoDB',
      limit: tableUnits,
      remedy: 'raise the quota of the table; reserve its capacity by warm throughput before a peak',
      source: pages.dynamo,
    };
    return [
      {
        ...common,
        what: `write units of ${name}`,
        perPayment: ({ tables }) => tables[name]?.write_units ?? 0,
      },
      {
        ...common,
        what: `read units of ${name}`,
        perPayment: ({ tables }) => tables[name]?.read_units ?? 0,
      },
    ];
  });
}

/** Whose partition it is that a key puts everything of one tenant, or of one PSP, into. */
const sharedKeys: Readonly<
  Record<string, { readonly of: 'tenant' | 'PSP'; readonly remedy: string }>
> = {
  'payment_list/TENANT': {
    of: 'tenant',
    remedy:
      'shard the rows of a tenant by a digit of the payment’s id, and merge the pages that are read',
  },
  'books/TENANT': {
    of: 'tenant',
    remedy:
      'nothing up to here: under load a batch folds a hundred transfers in one write; then one book for each of several shards of a tenant',
  },
  'projections/DAILY#TENANT': {
    of: 'tenant',
    remedy: 'shard the totals of a day by a digit of the payment’s id, and add them up when read',
  },
  'access/LIMIT': {
    of: 'tenant',
    remedy: 'lease more tokens at a time (decision 21)',
  },
  'providers/PROVIDER': {
    of: 'PSP',
    remedy:
      'lease tokens of a PSP’s rate in tens, as those of tenants are; several accounts at the PSP',
  },
};

/** A key that many payments share: what each of them writes to it. */
export interface HotKey {
  readonly key: string;
  readonly of: 'tenant' | 'PSP';
  readonly writeUnits: number;
  readonly remedy: string;
}

export function hotKeys({ tables }: Counts): readonly HotKey[] {
  return Object.entries(tables).flatMap(([table, { partitions }]) =>
    Object.entries(partitions).flatMap(([kind, { write_units }]) => {
      const key = `${table}/${kind}`;
      const shared = sharedKeys[key];
      return shared && write_units > 0 ? [{ key, writeUnits: write_units, ...shared }] : [];
    }),
  );
}
