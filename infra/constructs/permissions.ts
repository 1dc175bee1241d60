import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FunctionSpec, TableName } from '../../shared/runtime/function-spec.ts';
import { required, type Surroundings } from './surroundings.ts';

/** Where every metric of the house is. */
export const metricsNamespace = 'Paysaga';

/** How long one call to AWS may take before it is tried again or fails, at a stage's pace of 1. */
const awsCallTimeoutMs = 1_500;

/** What a function may do, by its spec: named actions on named resources, and nothing more. */
export function permissionsOf(spec: FunctionSpec, surroundings: Surroundings): PolicyStatement[] {
  const table = (name: TableName) =>
    required(surroundings.tables[name], spec.name, `the table ${name}`);
  const statements = entriesOf(spec.tables).map(([name, actions]) =>
    allow(
      actions.map((action) => `dynamodb:${action}`),
      table(name).tableArn,
    ),
  );
  for (const [name, indexes] of entriesOf(spec.indexes)) {
    statements.push(
      allow(
        ['dynamodb:Query'],
        ...indexes.map((index) => `${table(name).tableArn}/index/${index}`),
      ),
    );
  }
  if (spec.publishes) {
    const bus = required(surroundings.bus, spec.name, 'the bus');
    statements.push(allow(['events:PutEvents'], bus.eventBusArn));
  }
  if (spec.starts) {
    const saga = required(surroundings.paymentSagaArn, spec.name, 'the saga');
    statements.push(allow(['states:StartExecution'], saga));
  }
  return statements;
}

/** What a function is told of its surroundings, by its spec. */
export function environmentOf(
  spec: FunctionSpec,
  surroundings: Surroundings,
): Record<string, string> {
  const { stage, tables, bus, providerUrl, paymentSagaArn } = surroundings;
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
    ...Object.fromEntries(
      [...names].map((name) => [
        `${name.toUpperCase()}_TABLE`,
        required(tables[name], spec.name, `the table ${name}`).tableName,
      ]),
    ),
    ...(spec.publishes ? { BUS_NAME: required(bus, spec.name, 'the bus').eventBusName } : {}),
    ...(spec.starts ? { PAYMENT_SAGA_ARN: required(paymentSagaArn, spec.name, 'the saga') } : {}),
    ...(spec.callsProvider
      ? {
          PROVIDER_URL: required(providerUrl, spec.name, 'the URL of a PSP'),
          PROVIDER_DEADLINE_MS: String(stage.providerDeadlineMs),
        }
      : {}),
    ...(spec.acceptsPaymentMethods ? { PROVIDERS: stage.simulator ? 'simulator' : '' } : {}),
    ...(spec.needsRiskRules ? { RISK_RULES: JSON.stringify(stage.riskRules) } : {}),
  };
}

/** The context of a function: the dimension `service` of what it counts. */
export function serviceOf(functionName: string): string {
  return functionName.split('-')[0] ?? functionName;
}

export function allow(actions: string[], ...resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}

function entriesOf<V>(record: Readonly<Partial<Record<TableName, V>>> = {}): [TableName, V][] {
  return Object.entries(record) as [TableName, V][];
}
