import { Duration } from 'aws-cdk-lib';
import { type EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { eventSourceOf } from '../../../shared/contracts/events/events.ts';
import type { FunctionSpec, Trigger } from '../../../shared/runtime/function-spec.ts';
import { type AlarmTopic, alarmPeriod } from '../alarms/alarm-topic.ts';
import { deployedName } from '../deployed-name.ts';
import type { Surroundings } from '../surroundings.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { QueueConsumer } from './queue-consumer.ts';
import { WorkQueue } from './work-queue.ts';

/** What waits for longer than this is not just behind for a moment. */
const maxAge = Duration.minutes(5);

export interface EventConsumerProps {
  readonly spec: FunctionSpec;
  readonly trigger: Extract<Trigger, { kind: 'consumer' }>;
  readonly surroundings: Surroundings;
  readonly bus: EventBus;
  readonly alarms: AlarmTopic;
}

/**
 * Everything a consumer of bus events needs, so that none can forget a part: rule, queue, function
 * with partial batch failure, a dead-letter queue with its alarm at both edges, and an alarm for when
 * nothing is worked off any more: a function that does not run counts nothing itself.
 */
export class EventConsumer extends Construct {
  /** What the function could not apply. */
  readonly deadLetters: DeadLetterQueue;
  /** What the bus could not put into the queue. */
  readonly undelivered: DeadLetterQueue;

  constructor(scope: Construct, id: string, props: EventConsumerProps) {
    super(scope, id);
    const { spec, trigger, surroundings, bus, alarms } = props;
    const deployed = deployedName(surroundings.stage, spec);
    const work = new WorkQueue(this, 'Work', {
      alarms,
      edge: { kind: 'consumer', name: spec.name, function: deployed },
      timeoutMs: spec.timeoutMs,
      says: `${spec.name} gave an event up: see the message's reason, then redrive it.`,
    });
    this.deadLetters = work.deadLetters;
    this.undelivered = new DeadLetterQueue(this, 'Undelivered', {
      alarms,
      says: `EventBridge could not deliver an event to the queue of ${spec.name}.`,
      edge: {
        kind: 'rule',
        name: `${spec.name}-undelivered`,
        function: deployed,
        source_url: work.queue.queueUrl,
      },
    });
    new Rule(this, 'Rule', {
      eventBus: bus,
      description: `Events for ${spec.name}`,
      eventPattern: {
        source: [...new Set(trigger.events.map((type) => eventSourceOf({ type })))],
        detailType: [...trigger.events],
      },
      targets: [
        // EventBridge tries for 24 hours before it gives up.
        new SqsQueue(work.queue, { deadLetterQueue: this.undelivered }),
      ],
    });
    new QueueConsumer(this, 'Consumer', { spec, surroundings, from: work });
    // Leaves out what was received three times: that ends in the dead letters, and they tell of it.
    alarms.raise(this, 'Behind', {
      metric: work.queue.metricApproximateAgeOfOldestMessage({
        period: alarmPeriod,
        statistic: 'Maximum',
      }),
      threshold: maxAge.toSeconds(),
      says: `Events wait for ${spec.name} for more than five minutes: it is stopped, throttled or too slow. See whether its event source mapping is enabled, and its errors, throttles and concurrency.`,
      runbook: 'events-wait',
    });
  }
}
