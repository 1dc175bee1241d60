import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { MetricName } from '../../shared/runtime/observability.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { type StageName, stageNames, stages } from '../stages.ts';
import { type Resource, type Synthesized, synthesized } from '../testing/synth.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Principal: unknown;
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** The logical ids and properties of a type, over all of a stage's stacks. */
function named({ templates }: Synthesized, type: string): [string, Resource['Properties']][] {
  return templates.flatMap((template) =>
    Object.entries(template.findResources(type)).map(
      ([id, { Properties = {} }]): [string, Resource['Properties']] => [id, Properties],
    ),
  );
}

/** What the policies of a topic say; a topic with none has SNS's own, which this does not know. */
function policyOf(stage: Synthesized, topic: string): Statement[] {
  return named(stage, 'AWS::SNS::TopicPolicy')
    .filter(([, { Topics }]) => Topics.some(({ Ref }: { Ref: string }) => Ref === topic))
    .flatMap(([, { PolicyDocument }]) => PolicyDocument.Statement);
}

describe.each(stageNames)('every alarm of stage %s', (name) => {
  let stage: Synthesized;
  beforeAll(() => {
    stage = synthesized(name);
  }, 60_000);

  it('tells a topic to which CloudWatch may publish for this account', () => {
    const account = name === 'local' ? '000000000000' : { Ref: 'AWS::AccountId' };
    const alarms = named(stage, 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThan(10);
    for (const [id, { AlarmActions, AlarmDescription }] of alarms) {
      expect(AlarmDescription.length, id).toBeGreaterThan(20);
      expect(AlarmActions, id).toEqual([{ Ref: expect.any(String) }]);
      const [topic] = AlarmActions;
      const policy = policyOf(stage, topic.Ref);
      expect(policy, id).toContainEqual(
        expect.objectContaining({
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Resource: topic,
          Condition: { StringEquals: { 'aws:SourceAccount': account } },
        }),
      );
      // TLS alone is denied its absence; nothing else stands in an alarm's way.
      expect(
        policy.filter(({ Effect }) => Effect === 'Deny').map(({ Condition }) => Condition),
      ).toEqual([{ Bool: { 'aws:SecureTransport': 'false' } }]);
    }
  });

  it('tells a person by the topic', () => {
    const topic = named(stage, 'AWS::SNS::Topic')[0]?.[0];
    expect(named(stage, 'AWS::SNS::Subscription').map(([, properties]) => properties)).toEqual([
      { Protocol: 'email', Endpoint: 'someone@example.com', TopicArn: { Ref: topic } },
    ]);
  });

  it('reaches an encrypted topic: CloudWatch may use its key', () => {
    const [[, topic]] = named(stage, 'AWS::SNS::Topic') as [[string, Resource['Properties']]];
    expect(topic.KmsMasterKeyId !== undefined).toBe(stages[name].customerManagedKey);
    if (topic.KmsMasterKeyId) {
      const [id] = topic.KmsMasterKeyId['Fn::GetAtt'];
      const key = named(stage, 'AWS::KMS::Key').find(([keyId]) => keyId === id)?.[1];
      expect(JSON.stringify(key.KeyPolicy)).toContain(
        '"Principal":{"Service":"cloudwatch.amazonaws.com"}',
      );
    }
  });
});

describe('the alarm on unknown outcomes', () => {
  const alarmOf = (name: StageName) =>
    named(synthesized(name), 'AWS::CloudWatch::Alarm').find(([id]) =>
      id.startsWith('OutcomeUnknown'),
    )?.[1];

  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each(stageNames)('%s: is raised by one, counted by either service in a minute', (name) => {
    expect(alarmOf(name)).toMatchObject({
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
      Metrics: [
        { Expression: 'SUM([FILL(providers, 0), FILL(payments, 0)])' },
        ...['providers', 'payments'].map((service) => ({
          Id: service,
          ReturnData: false,
          MetricStat: {
            Metric: {
              Namespace: 'Paysaga',
              MetricName: 'OutcomeUnknown',
              Dimensions: [{ Name: 'service', Value: service }],
            },
            Period: 60,
            Stat: 'Sum',
          },
        })),
      ],
    });
  });

  it('looks back at minutes that FILL took for zero before their count had come', () => {
    expect(alarmOf('prod').EvaluationPeriods).toBe(5);
  });

  it('says what to do, and what not', () => {
    const { AlarmDescription } = alarmOf('prod');
    expect(AlarmDescription).toMatch(/stays processing and keeps its hold.*Read its events/);
    expect(AlarmDescription).toMatch(/Nothing may be retried or voided before/);
  });

  it.each(['providers-charge', 'providers-reverse', 'payments-suspend'])(
    'watches what %s emits',
    (emitter) => {
      const [, { Environment }] = named(synthesized('prod'), 'AWS::Lambda::Function').find(
        ([, { FunctionName }]) => FunctionName === `paysaga-prod-${emitter}`,
      ) as [string, Resource['Properties']];
      for (const [key, value] of Object.entries(Environment.Variables)) {
        if (typeof value === 'string') {
          vi.stubEnv(key, value);
        }
      }
      const metrics = new Metrics();
      metrics.addMetric('OutcomeUnknown' satisfies MetricName, MetricUnit.Count, 1);
      const emitted = metrics.serializeMetrics();
      const [{ Namespace, Dimensions, Metrics: counted }] = emitted._aws.CloudWatchMetrics as [
        (typeof emitted)['_aws']['CloudWatchMetrics'][0],
      ];
      const watched = alarmOf('prod').Metrics.flatMap(
        ({ MetricStat }: { MetricStat?: { Metric: unknown } }) => MetricStat?.Metric ?? [],
      );
      expect(Dimensions).toEqual([['service']]);
      expect(watched).toContainEqual({
        Namespace,
        MetricName: counted[0]?.Name,
        Dimensions: [{ Name: 'service', Value: emitted.service }],
      });
    },
  );
});

describe('a stage whose alarms tell nobody', () => {
  const told = (name: StageName, email?: string) => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'stack');
    new AlarmTopic(stack, 'Alarms', { stage: stages[name], email });
    return Annotations.fromStack(stack)
      .findWarning('*', Match.stringLikeRegexp('alarmEmail'))
      .map(({ entry }) => entry.data);
  };

  it.each([
    ['dev', 1],
    ['prod', 1],
    ['local', 0],
  ] as const)('%s: is warned of at synthesis %d times', (name, times) => {
    expect(told(name)).toHaveLength(times);
    expect(told(name, 'someone@example.com')).toHaveLength(0);
  });

  it('is not warned of where there are no alarms', () => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'stack');
    const alarms = new AlarmTopic(stack, 'Alarms', { stage: { ...stages.prod, alarms: false } });
    expect(alarms.node.metadata).toEqual([]);
  });
});
