import { beforeAll, describe, expect, it } from 'vitest';
import { functionSpecs } from '../../functions/index.ts';
import { paymentEventSource } from '../../shared/contracts/payment-events.ts';
import { sagaNodes } from '../../shared/domain/saga/routes.ts';
import { paymentSaga } from '../../shared/domain/saga/table.ts';
import { stages } from '../stages.ts';
import { type Resource, type Synthesized, synthesized } from '../testing/synth.ts';

/** The logical ids and properties of a type, in the pipeline's template. */
type Named = readonly [id: string, properties: Resource['Properties']];

let pipeline: Synthesized;
let named: (type: string) => Named[];

beforeAll(() => {
  pipeline = synthesized('dev');
  const template = pipeline.templates.find((candidate) => candidate.findOutputs('ApiUrl').ApiUrl);
  named = (type) =>
    Object.entries(template?.findResources(type) ?? {}).map(([id, { Properties }]) => [
      id,
      Properties,
    ]);
}, 60_000);

function namedFunction(name: string): Named {
  const found = named('AWS::Lambda::Function').find(
    ([, { FunctionName }]) => FunctionName === `paysaga-dev-${name}`,
  );
  if (!found) {
    throw new Error(`there is no function ${name}`);
  }
  return found;
}

function functionOf(name: string): Resource['Properties'] {
  return namedFunction(name)[1];
}

function mappingOf(name: string): Resource['Properties'] {
  const [id] = namedFunction(name);
  return named('AWS::Lambda::EventSourceMapping').find(
    ([, { FunctionName }]) => FunctionName.Ref === id,
  )?.[1];
}

/** The queue that `{ 'Fn::GetAtt': [id, 'Arn'] }` means. */
function queueOf(arn: { 'Fn::GetAtt': [string, string] }): Resource['Properties'] {
  return named('AWS::SQS::Queue').find(([id]) => id === arn['Fn::GetAtt'][0])?.[1];
}

function alarmsOn(queue: { 'Fn::GetAtt': [string, string] }): Resource['Properties'][] {
  return named('AWS::CloudWatch::Alarm')
    .map(([, properties]) => properties)
    .filter(
      ({ MetricName, Dimensions }) =>
        MetricName === 'ApproximateNumberOfMessagesVisible' &&
        Dimensions[0].Value['Fn::GetAtt'][0] === queue['Fn::GetAtt'][0],
    );
}

const firstMessage = {
  Threshold: 1,
  EvaluationPeriods: 1,
  Period: 60,
  Statistic: 'Maximum',
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
};

const consumers = functionSpecs.flatMap((spec) =>
  spec.trigger.kind === 'consumer' ? [{ spec, trigger: spec.trigger }] : [],
);
const streams = functionSpecs.flatMap((spec) =>
  spec.trigger.kind === 'stream' ? [{ spec, trigger: spec.trigger }] : [],
);

it('has consumers and stream functions to look at', () => {
  expect(consumers.length).toBeGreaterThanOrEqual(1);
  expect(streams.length).toBeGreaterThanOrEqual(3);
});

describe.each(consumers.map((consumer) => [consumer.spec.name, consumer] as const))(
  'the consumer %s',
  (name, { spec, trigger }) => {
    it('has a rule for its events with a queue, and a queue for what cannot be delivered', () => {
      const queueArn = mappingOf(name).EventSourceArn;
      const rules = named('AWS::Events::Rule').filter(
        ([, { Targets }]) => JSON.stringify(Targets[0].Arn) === JSON.stringify(queueArn),
      );
      expect(rules).toHaveLength(1);
      const [, rule] = rules[0] as Named;
      expect(rule.EventPattern).toEqual({
        source: [paymentEventSource],
        'detail-type': [...trigger.events],
      });
      expect(rule.EventBusName).toBeDefined();
      const undelivered = rule.Targets[0].DeadLetterConfig.Arn;
      expect(queueOf(undelivered).MessageRetentionPeriod).toBe(14 * 24 * 3_600);
      expect(alarmsOn(undelivered)).toMatchObject([firstMessage]);
    });

    it('has a queue that hides a message for six timeouts and gives it up after five tries', () => {
      const queue = queueOf(mappingOf(name).EventSourceArn);
      expect(queue.VisibilityTimeout * 1_000).toBe(6 * spec.timeoutMs);
      expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
      const dead = queue.RedrivePolicy.deadLetterTargetArn;
      expect(queueOf(dead).MessageRetentionPeriod).toBe(14 * 24 * 3_600);
      expect(alarmsOn(dead)).toMatchObject([firstMessage]);
    });

    it('reports partial failures, has a bound on concurrency, and may give a message up', () => {
      const mapping = mappingOf(name);
      expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      expect(mapping.ScalingConfig.MaximumConcurrency).toBeLessThanOrEqual(10);
      const variables = functionOf(name).Environment.Variables;
      const dead = queueOf(mapping.EventSourceArn).RedrivePolicy.deadLetterTargetArn;
      expect(variables.DLQ_URL).toEqual({ Ref: dead['Fn::GetAtt'][0] });
      expect(variables.MAX_RECEIVES).toBe('5');
    });
  },
);

describe.each(streams.map((stream) => [stream.spec.name, stream] as const))(
  'the stream function %s',
  (name, { trigger }) => {
    it('is filtered, bisected, bounded, and ends in a queue with an alarm', () => {
      const mapping = mappingOf(name);
      expect(mapping).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: trigger.batchSize,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(mapping.MaximumRetryAttempts).toBe(50);
      expect(mapping.MaximumRecordAgeInSeconds).toBe(12 * 3_600);
      expect(
        mapping.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) =>
          JSON.parse(Pattern),
        ),
      ).toEqual(trigger.filters);
      expect(mapping.TumblingWindowInSeconds).toBe(
        trigger.tumblingWindowMs === undefined ? undefined : trigger.tumblingWindowMs / 1_000,
      );
      const dead = mapping.DestinationConfig.OnFailure.Destination;
      expect(queueOf(dead)).toBeDefined();
      expect(alarmsOn(dead)).toMatchObject([firstMessage]);
    });
  },
);

describe('every queue', () => {
  it('is encrypted and takes TLS alone', () => {
    const policies = named('AWS::SQS::QueuePolicy').map(([, { Queues, PolicyDocument }]) => [
      Queues[0].Ref,
      JSON.stringify(PolicyDocument),
    ]);
    for (const [id, { SqsManagedSseEnabled }] of named('AWS::SQS::Queue')) {
      expect(SqsManagedSseEnabled, id).toBe(true);
      const policy = policies.find(([queue]) => queue === id)?.[1];
      expect(policy, id).toContain('"aws:SecureTransport":"false"');
    }
  });
});

describe('the saga', () => {
  it('raises an alarm for every way in which an execution ends unplanned', () => {
    const metrics = named('AWS::CloudWatch::Alarm')
      .filter(([, { Namespace }]) => Namespace === 'AWS/States')
      .map(([, { MetricName, Threshold, Statistic }]) => [MetricName, Threshold, Statistic]);
    expect(metrics.sort()).toEqual([
      ['ExecutionsAborted', 1, 'Sum'],
      ['ExecutionsFailed', 1, 'Sum'],
      ['ExecutionsTimedOut', 1, 'Sum'],
    ]);
  });

  it('waits for each task as long as its function may run', () => {
    for (const { task } of sagaNodes(paymentSaga)) {
      const spec = functionSpecs.find(
        ({ trigger }) => trigger.kind === 'saga-task' && trigger.task === task.name,
      );
      expect(spec?.timeoutMs, task.name).toBeLessThanOrEqual(task.timeoutMs);
    }
  });

  it('logs its states without what goes in and out of them', () => {
    const [, machine] = named('AWS::StepFunctions::StateMachine')[0] as Named;
    expect(machine.LoggingConfiguration).toMatchObject({
      Level: 'ALL',
      IncludeExecutionData: false,
    });
    expect(machine.TracingConfiguration).toEqual({ Enabled: true });
  });
});

describe('every function', () => {
  it.each(functionSpecs.map((spec) => [spec.name, spec] as const))(
    '%s has the defaults of the house, and what its spec asks for',
    (name, spec) => {
      const properties = functionOf(name);
      expect(properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        // Its state gives the try up a second later.
        Timeout: spec.timeoutMs / 1_000 - (spec.trigger.kind === 'saga-task' ? 1 : 0),
        MemorySize: spec.memoryMb ?? stages.dev.memoryMb,
        TracingConfig: { Mode: 'Active' },
      });
      expect(properties.LoggingConfig.LogGroup).toBeDefined();
      const variables = functionOf(name).Environment.Variables;
      expect(variables).toMatchObject({
        STAGE: 'dev',
        PAYSAGA_FUNCTION: name,
        POWERTOOLS_SERVICE_NAME: name.split('-')[0],
        POWERTOOLS_METRICS_NAMESPACE: 'Paysaga',
        POWERTOOLS_TRACE_ENABLED: 'true',
      });
      const tables = Object.keys({ ...spec.tables, ...spec.indexes });
      expect(
        Object.keys(variables)
          .filter((key) => key.endsWith('_TABLE'))
          .sort(),
      ).toEqual(tables.map((table) => `${table.toUpperCase()}_TABLE`).sort());
      expect('BUS_NAME' in variables).toBe(spec.publishes === true);
      expect('PAYMENT_SAGA_ARN' in variables).toBe(spec.starts === 'payment');
      expect('PROVIDER_URL' in variables).toBe(spec.callsProvider === true);
      expect('RISK_RULES' in variables).toBe(spec.needsRiskRules === true);
      expect('PROVIDERS' in variables).toBe(spec.acceptsPaymentMethods === true);
    },
  );

  it.each(functionSpecs.map((spec) => [spec.name, spec] as const))(
    '%s may use the tables that its spec names, by the actions that it names',
    (name, spec) => {
      const { Role } = functionOf(name);
      const role = named('AWS::IAM::Role').find(([id]) => id === Role['Fn::GetAtt'][0])?.[1];
      const granted = role.Policies.flatMap(
        ({ PolicyDocument }: { PolicyDocument: { Statement: { Action: string | string[] }[] } }) =>
          PolicyDocument.Statement.flatMap(({ Action }) => Action),
      ).filter(
        (action: string) =>
          action.startsWith('dynamodb:') && !/Stream|Records|Iterator/.test(action),
      );
      const asked = [
        ...Object.values(spec.tables ?? {}).flat(),
        ...(spec.indexes ? ['Query'] : []),
      ].map((action) => `dynamodb:${action}`);
      expect(new Set(granted)).toEqual(new Set(asked));
    },
  );
});
