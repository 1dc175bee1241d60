import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { SecretName } from '../../shared/ports/access/secrets.ts';
import type {
  BucketAction,
  BucketName,
  FunctionSpec,
  QueueName,
  TableName,
} from '../../shared/runtime/function-spec.ts';
import { needsProviderUrl, type Stage, secretPrefix } from '../stages.ts';
import { deadLetterPermissions, edgeStacks } from './dead-letters.ts';
import { usesOf } from './personal-data-key.ts';
import { type BucketRef, type QueueRef, required, type Surroundings } from './surroundings.ts';

/** Where every metric of the house is. */
export const metricsNamespace = 'Paysaga';

/** How long one call to AWS may take before it is tried again or fails, at a stage's pace of 1. */
const awsCallTimeoutMs = 1_500;

/** Where a function finds the queue that it sends to. */
const queueVariables: Readonly<Record<QueueName, string>> = {
  provider_notices: 'NOTICES_QUEUE_URL',
  webhook_deliveries: 'WEBHOOK_DELIVERIES_QUEUE_URL',
  simulator_webhooks: 'SIMULATOR_WEBHOOKS_QUEUE_URL',
};

/** What a function may do, by its spec: named actions on named resources, and nothing more. */
export function permissionsOf(spec: FunctionSpec, surroundings: Surroundings): PolicyStatement[] {
  const table = (name: TableName) =>
    required(surroundings.tables[name], spec.name, `the table ${name}`);
  const statements = entriesOf(spec.tables).flatMap(([name, actions]) => {
    const { tableArn } = table(name);
    const isLimited = name === 'access' && actions.includes('UpdateItem');
    const plain = isLimited ? actions.filter((action) => action !== 'UpdateItem') : actions;
    return [
      allow(
        plain.map((action) => `dynamodb:${action}`),
        tableArn,
      ),
      ...(isLimited ? accessUpdates(spec, tableArn) : []),
    ];
  });
  for (const [name, indexes] of entriesOf(spec.indexes)) {
    statements.push(
      allow(
        ['dynamodb:Query'],
        ...indexes.map((index) => `${table(name).tableArn}/index/${index}`),
      ),
    );
  }
  if (spec.dataKeys) {
    statements.push(usesOf(spec.dataKeys, personalDataKeyOf(spec, surroundings)));
  }
  if (spec.publishes) {
    const bus = required(surroundings.bus, spec.name, 'the bus');
    statements.push(allow(['events:PutEvents'], bus.eventBusArn));
  }
  if (spec.starts) {
    const sagas = required(surroundings.sagaArns, spec.name, 'the sagas');
    statements.push(allow(['states:StartExecution'], ...Object.values(sagas)));
  }
  if (spec.sendsTo) {
    statements.push(allow(['sqs:SendMessage'], queueOf(spec, spec.sendsTo, surroundings).queueArn));
  }
  const secrets = secretsOf(spec, surroundings.stage);
  if (secrets.length > 0) {
    statements.push(
      allow(
        ['ssm:GetParameter'],
        ...secrets.map((name) => parameterArn(`${secretPrefix(surroundings.stage)}${name}`)),
      ),
    );
  }
  for (const [name, actions] of entriesOf(spec.buckets)) {
    const bucket = bucketOf(spec, name, surroundings);
    statements.push(...actions.map((action) => allow([`s3:${action}`], scopeOf(bucket, action))));
  }
  statements.push(...deadLetterPermissions(spec, surroundings));
  return statements;
}

/**
 * What may be updated in the table that has keys, tenants and policies too. An update of an item that is
 * not there makes it, so each statement is of some items alone, and of no more of them than their
 * attributes that the update needs. Attributes count by their names in any expression of the request.
 */
function accessUpdates({ approvals }: FunctionSpec, tableArn: string): PolicyStatement[] {
  const update = (partition: string, attributes?: readonly string[]) =>
    new PolicyStatement({
      actions: ['dynamodb:UpdateItem'],
      resources: [tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [partition] },
        ...(attributes
          ? { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', ...attributes] } }
          : {}),
        // Of a request that has none of them, `ForAllValues` is true.
        Null: {
          'dynamodb:LeadingKeys': 'false',
          ...(attributes ? { 'dynamodb:Attributes': 'false' } : {}),
        },
      },
    });
  return [
    update('LIMIT#*'),
    update('KEY#*', ['last_used']),
    ...(approvals === 'gives' ? [update('APPROVAL#*')] : []),
    ...(approvals === 'takes' ? [update('APPROVAL#*', ['used_by'])] : []),
  ];
}

/**
 * Those that it names, and the key of a PSP that it calls, in a stage that has that PSP. What the
 * simulator signs with is no secret of a stage that has none.
 */
function secretsOf(spec: FunctionSpec, { providers, simulator }: Stage): readonly SecretName[] {
  const ofProvider = spec.callsProvider && 'stripe' in providers ? ['stripe_api_key' as const] : [];
  const named = (spec.secrets ?? []).filter((name) => simulator || !name.startsWith('simulator'));
  return [...named, ...ofProvider];
}

/**
 * A parameter is encrypted with AWS's own key for the Parameter Store, whose policy lets in, through
 * SSM, whoever may read the parameter: no function needs a permission on it.
 */
function parameterArn(name: string): string {
  return `arn:${Aws.PARTITION}:ssm:${Aws.REGION}:${Aws.ACCOUNT_ID}:parameter${name}`;
}

/** Listing is asked of the bucket, everything else of an object in it. */
function scopeOf({ bucketArn }: BucketRef, action: BucketAction): string {
  return action === 'ListBucket' ? bucketArn : `${bucketArn}/*`;
}

/** The buckets whose objects a function may touch. */
export function bucketsOf(spec: FunctionSpec, surroundings: Surroundings): BucketRef[] {
  return entriesOf(spec.buckets)
    .filter(([, actions]) => actions.some((action) => action !== 'ListBucket'))
    .map(([name]) => bucketOf(spec, name, surroundings));
}

function bucketOf(spec: FunctionSpec, name: BucketName, { buckets }: Surroundings): BucketRef {
  return required(buckets?.[name], spec.name, `the bucket ${name}`);
}

function personalDataKeyOf(spec: FunctionSpec, { personalDataKey }: Surroundings): string {
  return required(personalDataKey, spec.name, 'the key of personal data').keyArn;
}

function queueOf(spec: FunctionSpec, name: QueueName, { queues }: Surroundings): QueueRef {
  return required(queues?.[name], spec.name, `the queue ${name}`);
}

/** What a function is told of its surroundings, by its spec. */
export function environmentOf(
  spec: FunctionSpec,
  surroundings: Surroundings,
): Record<string, string> {
  const { stage, tables, bus, providerUrl, bankUrl, sagaArns } = surroundings;
  const names = new Set([...entriesOf(spec.tables), ...entriesOf(spec.indexes)].map(([n]) => n));
  return {
    STAGE: stage.name,
    PAYSAGA_FUNCTION: spec.name,
    AWS_CALL_TIMEOUT_MS: String(awsCallTimeoutMs * stage.timeoutFactor),
    POWERTOOLS_SERVICE_NAME: serviceOf(spec.name),
    POWERTOOLS_METRICS_NAMESPACE: metricsNamespace,
    POWERTOOLS_LOG_LEVEL: stage.logLevel,
    POWERTOOLS_TRACE_ENABLED: String(stage.tracing),
    POWERTOOLS_TRACER_CAPTURE_RESPONSE: 'false',
    ...Object.fromEntries([
      ...[...names].map((name) => [
        `${name.toUpperCase()}_TABLE`,
        required(tables[name], spec.name, `the table ${name}`).tableName,
      ]),
      ...entriesOf(spec.buckets).map(([name]) => [
        `${name.toUpperCase()}_BUCKET`,
        bucketOf(spec, name, surroundings).bucketName,
      ]),
    ]),
    ...(spec.dataKeys ? { PERSONAL_DATA_KEY: personalDataKeyOf(spec, surroundings) } : {}),
    ...(spec.publishes ? { BUS_NAME: required(bus, spec.name, 'the bus').eventBusName } : {}),
    // ARNs hold nothing that JSON would escape, so it may be written before they are known.
    ...(spec.starts
      ? { SAGA_ARNS: JSON.stringify(required(sagaArns, spec.name, 'the sagas')) }
      : {}),
    ...(spec.sendsTo
      ? { [queueVariables[spec.sendsTo]]: queueOf(spec, spec.sendsTo, surroundings).queueUrl }
      : {}),
    ...(secretsOf(spec, stage).length > 0 ? { SECRET_PREFIX: secretPrefix(stage) } : {}),
    ...(spec.callsProvider && needsProviderUrl(stage)
      ? { PROVIDER_URL: required(providerUrl, spec.name, 'the URL of a PSP') }
      : {}),
    ...(spec.callsBank ? { BANK_URL: required(bankUrl, spec.name, 'the URL of a bank') } : {}),
    ...(spec.callsProvider || spec.callsBank
      ? { PROVIDER_DEADLINE_MS: String(stage.providerDeadlineMs) }
      : {}),
    ...settingsOf(spec, stage),
  };
}

/** What the stage's own data says to a function that asks for it. */
function settingsOf(spec: FunctionSpec, stage: Stage): Record<string, string> {
  return {
    ...(spec.acceptsPaymentMethods ? { PROVIDERS: Object.keys(stage.providers).join(',') } : {}),
    ...(spec.callsProvider || spec.readsProviders
      ? { PROVIDER_LIMITS: JSON.stringify(stage.providers) }
      : {}),
    ...(spec.callsProvider || spec.routesCharges
      ? { PROVIDER_ROUTES: JSON.stringify(stage.routes) }
      : {}),
    ...(spec.deadLetters ? { EDGE_STACKS: edgeStacks(stage).join(',') } : {}),
    ...(spec.needsRiskRules ? { RISK_RULES: JSON.stringify(stage.riskRules) } : {}),
    ...(spec.needsFeePlans ? { FEE_PLANS: JSON.stringify(stage.feePlans) } : {}),
    ...(spec.needsAuthorizationWindow
      ? { AUTHORIZATION_WINDOW_MS: String(stage.authorizationWindowMs) }
      : {}),
    ...(spec.needsInquirySchedule ? { INQUIRY_SCHEDULE: JSON.stringify(stage.inquiry) } : {}),
    ...(spec.needsStuckAfter ? { STUCK_AFTER_MS: String(stage.stuckAfterMs) } : {}),
    ...(spec.needsWebhookTerms ? { WEBHOOK_TERMS: JSON.stringify(stage.webhooks) } : {}),
    ...(spec.trigger.kind === 'http'
      ? { OIDC: JSON.stringify(stage.oidc), TENANT_LIMITS: JSON.stringify(stage.limits) }
      : {}),
    ...(spec.trigger.kind === 'http' && stage.corsOrigins.length > 0
      ? { CORS_ORIGINS: stage.corsOrigins.join(',') }
      : {}),
    ...(spec.needsRates ? { EXCHANGE_RATES: JSON.stringify(stage.exchangeRates) } : {}),
  };
}

/** The context of a function: the dimension `service` of what it counts. */
export function serviceOf(functionName: string): string {
  return functionName.split('-')[0] ?? functionName;
}

export function allow(actions: string[], ...resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}

function entriesOf<K extends string, V>(
  record: Readonly<Partial<Record<K, V>>> | undefined,
): [K, V][] {
  return Object.entries(record ?? {}) as [K, V][];
}
