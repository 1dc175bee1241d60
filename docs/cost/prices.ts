/**
 * List prices in us-east-1, in nano-dollars for so many units: without the free tier, volume tiers,
 * savings plans and tax. A test holds that each says where it is from.
 */
export interface Price {
  readonly nanoDollars: bigint;
  /** For how many of `unit`. */
  readonly per: bigint;
  readonly unit: string;
  readonly source: string;
}

/** When the prices were read. */
export const pricesAsOf = '2026-11-22';

const million = 1_000_000n;
const dollar = 1_000_000_000n;
const gigabyte = 1_000_000_000n;
/** Lambda's GB is 1,024 MB. */
const gbSecondsInMbMs = 1_024n * 1_000n;

const pages = {
  apiGateway: 'https://aws.amazon.com/api-gateway/pricing/',
  lambda: 'https://aws.amazon.com/lambda/pricing/',
  dynamo: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  eventBridge: 'https://aws.amazon.com/eventbridge/pricing/',
  sqs: 'https://aws.amazon.com/sqs/pricing/',
  stepFunctions: 'https://aws.amazon.com/step-functions/pricing/',
  cloudWatch: 'https://aws.amazon.com/cloudwatch/pricing/',
  xray: 'https://aws.amazon.com/xray/pricing/',
  kms: 'https://aws.amazon.com/kms/pricing/',
} as const;

export const prices = {
  /** The first 333 million a month. */
  apiRequest: {
    nanoDollars: 3_500_000_000n,
    per: million,
    unit: 'REST API request',
    source: pages.apiGateway,
  },
  lambdaRequest: {
    nanoDollars: 200_000_000n,
    per: million,
    unit: 'invocation',
    source: pages.lambda,
  },
  /** 0.0000133334 USD a GB-second on Arm, the first 7.5 billion a month. */
  lambdaDuration: {
    nanoDollars: 133_334n,
    per: 10n * gbSecondsInMbMs,
    unit: 'MB x ms, arm64',
    source: pages.lambda,
  },
  /** Since November 2024. */
  writeUnit: {
    nanoDollars: 625_000_000n,
    per: million,
    unit: 'write request unit',
    source: pages.dynamo,
  },
  /** In halves: an eventually consistent read takes half of one. */
  halfReadUnit: {
    nanoDollars: 125_000_000n,
    per: 2n * million,
    unit: 'half a read request unit',
    source: pages.dynamo,
  },
  tableStorage: {
    nanoDollars: dollar / 4n,
    per: gigabyte,
    unit: 'byte in a table, a month',
    source: pages.dynamo,
  },
  tableBackup: {
    nanoDollars: dollar / 5n,
    per: gigabyte,
    unit: 'byte of point-in-time recovery, a month',
    source: pages.dynamo,
  },
  busEvent: {
    nanoDollars: dollar,
    per: million,
    unit: 'custom event of up to 64 KB; delivery in the account is free',
    source: pages.eventBridge,
  },
  archivedByte: {
    nanoDollars: dollar / 10n,
    per: gigabyte,
    unit: 'byte put into an archive',
    source: pages.eventBridge,
  },
  queueRequest: {
    nanoDollars: 400_000_000n,
    per: million,
    unit: 'request to a standard queue, of up to 64 KB',
    source: pages.sqs,
  },
  transition: {
    nanoDollars: 25_000_000_000n,
    per: million,
    unit: 'state transition, STANDARD',
    source: pages.stepFunctions,
  },
  expressRequest: {
    nanoDollars: dollar,
    per: million,
    unit: 'execution, EXPRESS',
    source: pages.stepFunctions,
  },
  /** 0.00001667 USD a GB-second: the first 1,000 hours. In chunks of 64 MB. */
  expressDuration: {
    nanoDollars: 16_670n,
    per: gbSecondsInMbMs,
    unit: 'MB x ms, EXPRESS',
    source: pages.stepFunctions,
  },
  logByte: {
    nanoDollars: dollar / 2n,
    per: gigabyte,
    unit: 'byte taken into a log, with 26 for each event',
    source: pages.cloudWatch,
  },
  logStorage: {
    nanoDollars: 30_000_000n,
    per: gigabyte,
    unit: 'byte kept in a log, compressed, a month',
    source: pages.cloudWatch,
  },
  trace: { nanoDollars: 5n * dollar, per: million, unit: 'trace recorded', source: pages.xray },
  kmsRequest: {
    nanoDollars: 30_000_000n,
    per: 10_000n,
    unit: 'request to KMS',
    source: pages.kms,
  },
  kmsKey: { nanoDollars: dollar, per: 1n, unit: 'key, a month', source: pages.kms },
  alarm: {
    nanoDollars: dollar / 10n,
    per: 1n,
    unit: 'metric in an alarm, a month',
    source: pages.cloudWatch,
  },
  compositeAlarm: {
    nanoDollars: dollar / 2n,
    per: 1n,
    unit: 'composite alarm, a month',
    source: pages.cloudWatch,
  },
  metric: {
    nanoDollars: 300_000_000n,
    per: 1n,
    unit: 'metric of our own, a month',
    source: pages.cloudWatch,
  },
  dashboard: {
    nanoDollars: 3n * dollar,
    per: 1n,
    unit: 'dashboard, a month',
    source: pages.cloudWatch,
  },
} as const satisfies Readonly<Record<string, Price>>;
