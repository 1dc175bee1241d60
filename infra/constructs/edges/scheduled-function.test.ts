import { describe, expect, it } from 'vitest';
import { functionSpec, type ScheduleName } from '../../../shared/runtime/function-spec.ts';
import { type StageName, stageNames } from '../../stages.ts';
import { smallStack } from '../../testing/small.ts';
import { ScheduledFunction } from './scheduled-function.ts';

const done = new Map<string, ReturnType<typeof schedule>>();

/** Synthesized once for each schedule and stage. */
function scheduled(name: ScheduleName, stage: StageName = 'dev') {
  const key = `${name} ${stage}`;
  const made = done.get(key) ?? schedule(name, stage);
  done.set(key, made);
  return made;
}

function schedule(name: ScheduleName, stage: StageName) {
  const small = smallStack(stage);
  const spec = functionSpec({
    name: 'ledger-audit',
    trigger: { kind: 'schedule', schedule: name },
    timeoutMs: 300_000,
    tables: { ledger: ['Query'] },
  });
  const { deadLetters } = new ScheduledFunction(small.stack, 'Audit', {
    ...small,
    spec,
    trigger: spec.trigger,
  });
  const queue = small.stack.resolve(deadLetters.queueArn);
  return { ...small, queue };
}

describe('a function that runs by the clock', () => {
  it.each([
    ['sweep-payments', 'local', 'rate(1 minute)'],
    ['sweep-payments', 'dev', 'rate(1 minute)'],
    ['sweep-payments', 'prod', 'rate(1 minute)'],
    ['sweep-payouts', 'local', 'rate(1 minute)'],
    ['sweep-payouts', 'dev', 'rate(1 minute)'],
    ['sweep-payouts', 'prod', 'rate(1 minute)'],
    ['republish', 'local', 'rate(1 day)'],
    ['republish', 'dev', 'rate(1 hour)'],
    ['republish', 'prod', 'cron(30 3 * * ? *)'],
    ['audit', 'local', 'rate(1 day)'],
    ['audit', 'dev', 'rate(1 hour)'],
    ['audit', 'prod', 'rate(1 hour)'],
    ['reconcile', 'local', 'cron(0 6 * * ? *)'],
    ['reconcile', 'dev', 'rate(1 hour)'],
    ['reconcile', 'prod', 'cron(0 6 * * ? *)'],
    ['settlement-file', 'local', 'cron(0 5 * * ? *)'],
    ['settlement-file', 'dev', 'cron(0 5 * * ? *)'],
  ] as const)('%s in %s runs at %s', (schedule, stage, expression) => {
    const rule = scheduled(schedule, stage).one('AWS::Events::Rule');
    expect(rule).toMatchObject({ ScheduleExpression: expression, State: 'ENABLED' });
    expect(rule).not.toHaveProperty('EventBusName');
  });

  it('may be invoked by its rule alone', () => {
    const { one } = scheduled('audit');
    const permission = one('AWS::Lambda::Permission');
    expect(permission).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [expect.stringMatching(/^AuditRule/), 'Arn'] },
    });
    expect(one('AWS::Events::Rule').Targets[0].Arn).toEqual(permission.FunctionName);
  });

  it('is tried twice more, and then lies in its dead letters', () => {
    const { one, queue } = scheduled('audit');
    expect(one('AWS::Lambda::EventInvokeConfig')).toMatchObject({
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 3_600,
      Qualifier: '$LATEST',
      DestinationConfig: { OnFailure: { Destination: queue } },
    });
  });

  it('lies there as well when its rule cannot start it', () => {
    const { one, queue } = scheduled('audit');
    const [target] = one('AWS::Events::Rule').Targets;
    expect(target.DeadLetterConfig).toEqual({ Arn: queue });
    expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 3_600 });
    expect(one('AWS::SQS::QueuePolicy', 'Audit').PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Principal: { Service: 'events.amazonaws.com' },
        Resource: queue,
      }),
    );
  });

  it.each(stageNames)(
    '%s: raises an alarm at its first error, and at its first dead letter',
    (stage) => {
      const { one, queue } = scheduled('audit', stage);
      const first = {
        Threshold: 1,
        EvaluationPeriods: 1,
        Period: 60,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
        AlarmActions: [expect.anything()],
      };
      const errors = one('AWS::CloudWatch::Alarm', 'AuditErrors');
      expect(errors).toMatchObject({ ...first, Namespace: 'AWS/Lambda', MetricName: 'Errors' });
      expect(errors.Dimensions).toEqual([
        { Name: 'FunctionName', Value: { Ref: expect.stringMatching(/^AuditFunction/) } },
      ]);
      const letters = one('AWS::CloudWatch::Alarm', 'AuditDeadLettersNotEmpty');
      expect(letters).toMatchObject({
        ...first,
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Statistic: 'Maximum',
      });
      expect(letters.Dimensions[0].Value['Fn::GetAtt'][0]).toBe(queue['Fn::GetAtt'][0]);
    },
  );

  it('may send to its dead letters and do what its spec names, and nothing more', () => {
    const { one, queue } = scheduled('audit', 'local');
    const [{ PolicyDocument }] = one('AWS::IAM::Role').Policies;
    expect(PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] }),
      { Effect: 'Allow', Action: 'dynamodb:Query', Resource: 'arn:aws:dynamodb:::table/ledger' },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue },
    ]);
    expect(() => one('AWS::IAM::Policy')).toThrow('0 of AWS::IAM::Policy');
  });
});
