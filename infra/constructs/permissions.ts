import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FunctionSpec, TableName } from '../../shared/runtime/function-spec.ts';
import { required, type Surroundings } from './surroundings.ts';

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
  const [context = spec.name] = spec.name.split('-');
  return {
    STAGE: stage.name,
    PAYSAGA_FUNCTION: spec.name,
    POWERTOOLS_SERVICE_NAME: context,
    POWERTOOLS_METRICS_NAMESPACE: 'Paysaga',
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

export function allow(actions: string[], ...resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}

function entriesOf<V>(record: Readonly<Partial<Record<TableName, V>>> = {}): [TableName, V][] {
  return Object.entries(record) as [TableName, V][];
}
