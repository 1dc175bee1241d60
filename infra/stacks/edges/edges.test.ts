import { beforeAll, describe, expect, it } from 'vitest';
import { functionSpecs, simulatorSpecs } from '../../../functions/index.ts';
import { eventSourceOf } from '../../../shared/contracts/events/events.ts';
import { specsOf } from '../../specs.ts';
import { type Named, type Synthesized, synthesized } from '../../testing/synth.ts';

type Arn = { 'Fn::GetAtt': [string, string] };

let stage: Synthesized;

beforeAll(() => {
  stage = synthesized('dev');
}, 60_000);

function mappingOf(name: string): Named[1] {
  const [id] = stage.functionOf(name);
  return stage
    .named('AWS::Lambda::EventSourceMapping')
    .find(([, { FunctionName }]) => FunctionName.Ref === id)?.[1];
}

/** The logical id of the queue that an ARN means, in whichever stack it is. */
function idOf(arn: unknown): string {
  return (stage.followed(arn) as Arn)['Fn::GetAtt'][0];
}

function queueOf(arn: unknown): Named[1] {
  return stage.named('AWS::SQS::Queue').find(([id]) => id === idOf(arn))?.[1];
}

function alarmsOn(arn: unknown, metric = 'ApproximateNumberOfMessagesVisible'): Named[1][] {
  return stage
    .named('AWS::CloudWatch::Alarm')
    .map(([, properties]) => properties)
    .filter(
      ({ MetricName, Dimensions }) =>
        MetricName === metric && Dimensions[0].Value['Fn::GetAtt'][0] === idOf(arn),
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

/** What waits here waits for a person: kept for two weeks, with an alarm at once. */
function expectDeadLetters(arn: unknown): void {
  expect(queueOf(arn).MessageRetentionPeriod).toBe(14 * 24 * 3_600);
  expect(alarmsOn(arn)).toMatchObject([firstMessage]);
}

const consumers = specsOf(functionSpecs, 'consumer');
const queues = specsOf([...functionSpecs, ...simulatorSpecs], 'queue');
const streams = specsOf(functionSpecs, 'stream');
const schedules = specsOf([...functionSpecs, ...simulatorSpecs], 'schedule');

it('has functions behind every kind of asynchronous edge to look at', () => {
  expect(consumers.length).toBeGreaterThanOrEqual(1);
  // A message comes to one function; a queue hides it by that one's timeout.
  expect(queues.map(({ trigger }) => trigger.queue)).toEqual([
    'provider_notices',
    'webhook_deliveries',
    'simulator_webhooks',
  ]);
  expect(streams.length).toBeGreaterThanOrEqual(3);
  expect(schedules.length).toBeGreaterThanOrEqual(4);
});

describe.each(consumers.map((spec) => [spec.name, spec] as const))(
  'the consumer %s',
  (name, { trigger }) => {
    it('has a rule for its events with a queue, and a queue for what cannot be delivered', () => {
      const queueArn = mappingOf(name).EventSourceArn;
      const rules = stage
        .named('AWS::Events::Rule')
        .filter(([, { Targets }]) => JSON.stringify(Targets[0].Arn) === JSON.stringify(queueArn));
      expect(rules).toHaveLength(1);
      const [, rule] = rules[0] as Named;
      expect(rule.EventPattern['detail-type']).toEqual([...trigger.events]);
      expect(new Set(rule.EventPattern.source)).toEqual(
        new Set(trigger.events.map((type) => eventSourceOf({ type }))),
      );
      expect(rule.EventBusName).toBeDefined();
      expectDeadLetters(rule.Targets[0].DeadLetterConfig.Arn);
    });

    it('raises an alarm when its events wait for five minutes, also where it does not run at all', () => {
      const queueArn = mappingOf(name).EventSourceArn;
      expect(alarmsOn(queueArn, 'ApproximateAgeOfOldestMessage')).toMatchObject([
        {
          ...firstMessage,
          Namespace: 'AWS/SQS',
          Threshold: 300,
          AlarmDescription: expect.stringContaining(`Events wait for ${name}`),
        },
      ]);
    });
  },
);

describe.each([...consumers, ...queues].map((spec) => [spec.name, spec] as const))(
  'the queue of %s',
  (name, spec) => {
    it('hides a message for six timeouts and gives it up after five tries', () => {
      const queue = queueOf(mappingOf(name).EventSourceArn);
      expect(queue.VisibilityTimeout * 1_000).toBe(6 * spec.timeoutMs);
      expect(queue.RedrivePolicy.maxReceiveCount).toBe(5);
      expectDeadLetters(queue.RedrivePolicy.deadLetterTargetArn);
    });

    it('is worked off in batches that may fail in part, within a limit', () => {
      const mapping = mappingOf(name);
      expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      expect(mapping.ScalingConfig.MaximumConcurrency).toBeLessThanOrEqual(10);
      const variables = stage.functionOf(name)[1].Environment.Variables;
      const dead = queueOf(mapping.EventSourceArn).RedrivePolicy.deadLetterTargetArn;
      expect(stage.followed(variables.DLQ_URL)).toEqual({ Ref: idOf(dead) });
      expect(variables.MAX_RECEIVES).toBe('5');
    });
  },
);

describe.each(streams.map((spec) => [spec.name, spec] as const))(
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
      expectDeadLetters(mapping.DestinationConfig.OnFailure.Destination);
    });
  },
);

describe.each(schedules.map((spec) => [spec.name, spec] as const))(
  'the scheduled function %s',
  (name) => {
    const rulesOf = (id: string) =>
      stage
        .named('AWS::Events::Rule')
        .filter(([, { Targets }]) => Targets[0].Arn['Fn::GetAtt'][0] === id);

    it('has a rule of its own that starts it', () => {
      const rules = rulesOf(stage.functionOf(name)[0]);
      expect(rules).toMatchObject([[expect.anything(), { State: 'ENABLED' }]]);
      expect(rules[0]?.[1].ScheduleExpression).toMatch(/^(rate|cron)\(/);
    });

    it('ends in a queue with an alarm, whether it was started or not', () => {
      const [id] = stage.functionOf(name);
      const config = stage
        .named('AWS::Lambda::EventInvokeConfig')
        .find(([, { FunctionName }]) => FunctionName.Ref === id)?.[1];
      expectDeadLetters(config.DestinationConfig.OnFailure.Destination);
      const [rule] = rulesOf(id) as [Named];
      expectDeadLetters(rule[1].Targets[0].DeadLetterConfig.Arn);
    });
  },
);

describe('every queue', () => {
  it('is encrypted and takes TLS alone', () => {
    const policies = stage
      .named('AWS::SQS::QueuePolicy')
      .map(([, { Queues, PolicyDocument }]) => [Queues[0].Ref, JSON.stringify(PolicyDocument)]);
    for (const [id, { SqsManagedSseEnabled }] of stage.named('AWS::SQS::Queue')) {
      expect(SqsManagedSseEnabled, id).toBe(true);
      const policy = policies.find(([queue]) => queue === id)?.[1];
      expect(policy, id).toContain('"aws:SecureTransport":"false"');
    }
  });

  it('is fed, worked off or watched: none is there for nothing', () => {
    const sources = stage
      .resources('AWS::Lambda::EventSourceMapping')
      .map(({ Properties }) => JSON.stringify(stage.followed(Properties.EventSourceArn)));
    for (const [id] of stage.named('AWS::SQS::Queue')) {
      const arn = { 'Fn::GetAtt': [id, 'Arn'] };
      expect(sources.includes(JSON.stringify(arn)) || alarmsOn(arn).length === 1, id).toBe(true);
    }
  });
});
