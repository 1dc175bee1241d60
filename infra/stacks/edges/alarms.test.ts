import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { functionSpecs } from '../../../functions/index.ts';
import { sagaNodes } from '../../../shared/domain/saga/routes.ts';
import { sagaNames, sagas, sagaTasks } from '../../../shared/domain/saga/sagas.ts';
import type { MetricName } from '../../../shared/runtime/observability.ts';
import { AlarmTopic } from '../../constructs/alarms/alarm-topic.ts';
import { specsOf } from '../../specs.ts';
import { type StageName, stageNames, stages } from '../../stages.ts';
import { type Resource, type Synthesized, synthesized } from '../../testing/synth.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Principal: unknown;
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** What the policies of a topic say; a topic with none has SNS's own, which this does not know. */
function policyOf(stage: Synthesized, topic: string): Statement[] {
  return stage
    .named('AWS::SNS::TopicPolicy')
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
    const composites = stage.named('AWS::CloudWatch::CompositeAlarm');
    const rules = JSON.stringify(composites.map(([, { AlarmRule }]) => AlarmRule));
    // A part of a composite alarm tells nobody by itself.
    const alarms = [...stage.named('AWS::CloudWatch::Alarm'), ...composites].filter(
      ([id]) => !rules.includes(`"${id}"`),
    );
    expect(alarms.length).toBeGreaterThan(10);
    for (const [id, { AlarmActions, AlarmDescription }] of alarms) {
      expect(AlarmDescription.length, id).toBeGreaterThan(20);
      expect(AlarmActions, id).toHaveLength(1);
      const topic = stage.followed(AlarmActions[0]) as { Ref: string };
      expect(topic, id).toEqual({ Ref: expect.any(String) });
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
    const topic = stage.named('AWS::SNS::Topic')[0]?.[0];
    expect(stage.named('AWS::SNS::Subscription').map(([, properties]) => properties)).toEqual([
      { Protocol: 'email', Endpoint: 'someone@example.com', TopicArn: { Ref: topic } },
    ]);
  });

  it('reaches an encrypted topic: CloudWatch may use its key', () => {
    const [[, topic]] = stage.named('AWS::SNS::Topic') as [[string, Resource['Properties']]];
    expect(topic.KmsMasterKeyId !== undefined).toBe(stages[name].customerManagedKey);
    if (topic.KmsMasterKeyId) {
      const [id] = topic.KmsMasterKeyId['Fn::GetAtt'];
      const key = stage.named('AWS::KMS::Key').find(([keyId]) => keyId === id)?.[1];
      expect(JSON.stringify(key.KeyPolicy)).toContain(
        '"Principal":{"Service":"cloudwatch.amazonaws.com"}',
      );
    }
  });
});

/** The one alarm whose logical id begins so. */
function alarmOf(name: StageName, id: string): Resource['Properties'] {
  return synthesized(name)
    .named('AWS::CloudWatch::Alarm')
    .find(([logicalId]) => logicalId.startsWith(id))?.[1];
}

/** What a function counts under a name, as CloudWatch then has it. */
function emittedBy(functionName: string, metric: MetricName): unknown {
  const [, { Environment }] = synthesized('prod').functionOf(functionName);
  for (const [key, value] of Object.entries(Environment.Variables)) {
    if (typeof value === 'string') {
      vi.stubEnv(key, value);
    }
  }
  const metrics = new Metrics();
  metrics.addMetric(metric, MetricUnit.Count, 1);
  const emitted = metrics.serializeMetrics();
  const [counted] = emitted._aws.CloudWatchMetrics;
  expect(counted?.Dimensions).toEqual([['service']]);
  return {
    Namespace: counted?.Namespace,
    MetricName: counted?.Metrics[0]?.Name,
    Dimensions: [{ Name: 'service', Value: emitted.service }],
  };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the alarm on unknown outcomes', () => {
  const services = ['ledger', 'payments', 'payouts', 'providers'];

  it.each(stageNames)('%s: is raised by one, counted by any service in a minute', (name) => {
    expect(alarmOf(name, 'OutcomeUnknown')).toMatchObject({
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
      Metrics: [
        {
          Expression:
            'SUM([FILL(ledger, 0), FILL(payments, 0), FILL(payouts, 0), FILL(providers, 0)])',
        },
        ...services.map((service) => ({
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
    expect(alarmOf('prod', 'OutcomeUnknown').EvaluationPeriods).toBe(5);
  });

  it('says what to do, and what not', () => {
    const { AlarmDescription } = alarmOf('prod', 'OutcomeUnknown');
    expect(AlarmDescription).toMatch(/stays processing and keeps its hold.*An inquiry asks for it/);
    expect(AlarmDescription).toMatch(/Nothing may be retried or voided before/);
  });

  const undoing = new Set(
    sagaNames.flatMap((name) =>
      sagaNodes(sagas[name]).flatMap(({ role, task }) => (role === 'step' ? [] : [task.name])),
    ),
  );
  const emitters = specsOf(functionSpecs, 'saga-task').filter(
    ({ trigger: { task } }) => undoing.has(task) || 'OutcomeUnknown' in sagaTasks[task].outcomes,
  );

  it('has emitters in every saga', () => {
    expect(emitters.length).toBeGreaterThanOrEqual(9);
  });

  it.each(emitters.map(({ name }) => name))('watches what %s emits', (emitter) => {
    const watched = alarmOf('prod', 'OutcomeUnknown').Metrics.flatMap(
      ({ MetricStat }: { MetricStat?: { Metric: unknown } }) => MetricStat?.Metric ?? [],
    );
    expect(watched).toContainEqual(emittedBy(emitter, 'OutcomeUnknown'));
  });
});

describe.each([
  ['LedgerDifference', 'ledger-audit', /read the audit report; pay nothing out until/],
  ['ReconciliationBreak', 'settlement-reconcile', /read the open breaks, and resolve each/],
  ['WebhookEndpointDisabled', 'webhooks-deliver', /tell the tenant by another way/],
  ['BreakerOpened', 'providers-charge', /is not called for now.*tried again by itself/],
  ['ContradictingNotice', 'payments-take-notice', /among the dead letters of provider_notices/],
  ['EventsRepublished', 'payments-republish', /The same ones again.*: payments-project-list gives/],
] as const)('the alarm on %s', (metric, emitter, says) => {
  it.each(stageNames)(
    '%s: is raised by one in a minute, also when its count comes late',
    (name) => {
      expect(alarmOf(name, metric)).toMatchObject({
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        EvaluationPeriods: 5,
        DatapointsToAlarm: 1,
        TreatMissingData: 'notBreaching',
        Period: 60,
        Statistic: 'Sum',
        AlarmDescription: expect.stringMatching(says),
      });
    },
  );

  it(`watches what ${emitter} emits`, () => {
    expect(alarmOf('prod', metric)).toMatchObject(emittedBy(emitter, metric) as object);
  });
});

describe('the alarm on PolicySetRefused', () => {
  it.each(stageNames)('%s: is raised by one, and says what decides meanwhile', (name) => {
    expect(alarmOf(name, 'PolicySetRefused')).toMatchObject({
      Threshold: 1,
      AlarmDescription: expect.stringMatching(/decides by the last good ones/),
    });
  });
});

describe('the alarm on LimitsUnavailable', () => {
  it.each(stageNames)('%s: is raised by many, and says what limits the API meanwhile', (name) => {
    expect(alarmOf(name, 'LimitsUnavailable')).toMatchObject({
      Threshold: 20,
      AlarmDescription: expect.stringMatching(/limited by its throttle alone/),
    });
  });
});

describe.each(['PolicySetRefused', 'LimitsUnavailable'] as const)('the alarm on %s', (metric) => {
  const withAccess = specsOf(functionSpecs, 'http').filter(({ trigger: { endpoints } }) =>
    endpoints.some(({ access }) => access !== null),
  );

  it.each(withAccess.map(({ name }) => name))('watches what %s emits', (emitter) => {
    const watched = alarmOf('prod', metric).Metrics.flatMap(
      ({ MetricStat }: { MetricStat?: { Metric: unknown } }) => MetricStat?.Metric ?? [],
    );
    expect(watched).toContainEqual(emittedBy(emitter, metric));
  });
});

describe('the alarm on WebhookRejected', () => {
  it.each(stageNames)('%s: is raised by many in a minute: anybody can send one', (name) => {
    expect(alarmOf(name, 'WebhookRejected')).toMatchObject({
      Threshold: 20,
      EvaluationPeriods: 5,
      DatapointsToAlarm: 1,
      Period: 60,
      Statistic: 'Sum',
      AlarmDescription: expect.stringMatching(/put both secrets into the parameter/),
    });
  });

  it('watches what providers-webhooks emits', () => {
    const emitted = emittedBy('providers-webhooks', 'WebhookRejected');
    expect(alarmOf('prod', 'WebhookRejected')).toMatchObject(emitted as object);
  });
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
