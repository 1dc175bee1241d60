import { describe, expect, it } from 'vitest';
import { functionSpec } from '../../../shared/runtime/function-spec.ts';
import { smallStack } from '../../testing/small.ts';
import { QueueConsumer } from './queue-consumer.ts';
import { WorkQueue } from './work-queue.ts';

const spec = functionSpec({
  name: 'payments-take-notice',
  trigger: { kind: 'queue', queue: 'provider_notices' },
  timeoutMs: 20_000,
  tables: { payments: ['PutItem'] },
});

const { one, queue, dead } = consumed();

function consumed() {
  const small = smallStack('local');
  const work = new WorkQueue(small.stack, 'Work', {
    alarms: small.alarms,
    timeoutMs: spec.timeoutMs,
    says: 'A notice was given up: read why.',
    edge: { kind: 'queue', name: 'notices', function: 'take-notice' },
  });
  new QueueConsumer(small.stack, 'Consumer', { ...small, spec, from: work });
  return {
    ...small,
    queue: small.stack.resolve(work.queue.queueArn),
    dead: small.stack.resolve(work.deadLetters.queueArn),
  };
}

describe('a function that works a queue off', () => {
  it('takes ten messages at a time, ten times at once, and says which of them failed', () => {
    const mapping = one('AWS::Lambda::EventSourceMapping');
    expect(mapping).toMatchObject({
      EventSourceArn: queue,
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  it('has six timeouts for a message, and five tries before it is a dead letter', () => {
    expect(one('AWS::SQS::Queue', 'WorkQueue')).toMatchObject({
      VisibilityTimeout: 120,
      RedrivePolicy: { deadLetterTargetArn: dead, maxReceiveCount: 5 },
    });
    expect(one('AWS::SQS::Queue', 'WorkDeadLetters').MessageRetentionPeriod).toBe(14 * 24 * 3_600);
  });

  it('raises an alarm at the first dead letter, with what it means', () => {
    const alarm = one('AWS::CloudWatch::Alarm', 'WorkDeadLettersNotEmpty');
    expect(alarm).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 1,
      EvaluationPeriods: 1,
      AlarmDescription: 'A notice was given up: read why. Runbook: docs/runbook.md#dead-letters',
    });
    expect(alarm.Dimensions[0].Value['Fn::GetAtt'][0]).toBe(dead['Fn::GetAtt'][0]);
  });

  it('knows its queue, its dead letters and how often a message comes', () => {
    expect(one('AWS::Lambda::Function').Environment.Variables).toMatchObject({
      QUEUE_URL: { Ref: expect.stringMatching(/^WorkQueue/) },
      DLQ_URL: { Ref: expect.stringMatching(/^WorkDeadLetters/) },
      MAX_RECEIVES: '5',
    });
  });

  it('may take from the one and send to the other, and nothing more', () => {
    const [{ PolicyDocument }] = one('AWS::IAM::Role').Policies;
    expect(PolicyDocument.Statement.slice(1)).toEqual([
      { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: expect.anything() },
      {
        Effect: 'Allow',
        Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        Resource: queue,
      },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: dead },
    ]);
  });
});
