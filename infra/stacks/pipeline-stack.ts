import { CfnParameter } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { functionSpecs } from '../../functions/index.ts';
import { paymentSaga } from '../../shared/domain/saga/table.ts';
import type { FunctionSpec, Trigger } from '../../shared/runtime/function-spec.ts';
import type { Bundles } from '../bundle.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { apiStageName, PaymentApi } from '../constructs/api/payment-api.ts';
import type { DeadLetterQueue } from '../constructs/dead-letter-queue.ts';
import { EventConsumer } from '../constructs/event-consumer.ts';
import { constructId, HouseFunction } from '../constructs/house-function.ts';
import { SagaMachine } from '../constructs/saga/saga-machine.ts';
import { StreamConsumer } from '../constructs/stream-consumer.ts';
import { required, type Surroundings, type TableRef } from '../constructs/surroundings.ts';
import { raiseOnUnknownOutcomes } from '../constructs/unknown-outcomes.ts';
import { apiUrlOf } from '../target.ts';
import type { DataTableName } from './data-stack.ts';
import { HouseStack, type HouseStackProps } from './house-stack.ts';

export interface PipelineStackProps extends HouseStackProps {
  readonly bundles: Bundles;
  readonly tables: Readonly<Record<DataTableName, TableRef>>;
  /** Undefined where the stage has no simulator: the deployer names the PSP. */
  readonly simulatorUrl: string | undefined;
  readonly alarmEmail: string | undefined;
}

type SpecOf<K extends Trigger['kind']> = FunctionSpec & {
  readonly trigger: Extract<Trigger, { kind: K }>;
};

function specsOf<K extends Trigger['kind']>(kind: K): SpecOf<K>[] {
  return functionSpecs.filter((spec): spec is SpecOf<K> => spec.trigger.kind === kind);
}

/** What computes: the API, the saga, the bus and its consumers. */
export class PipelineStack extends HouseStack {
  constructor(scope: Construct, props: PipelineStackProps) {
    super(scope, 'pipeline', 'API, saga and bus', props);
    const { stage, target, bundles, tables } = props;
    const alarms = new AlarmTopic(this, 'Alarms', { stage, email: props.alarmEmail });
    const bus = new EventBus(this, 'Bus', {
      eventBusName: `paysaga-${stage.name}`,
      description: 'Payment events, for other contexts',
    });
    const withoutSaga: Surroundings = {
      stage,
      bundles,
      tables,
      bus,
      providerUrl: props.simulatorUrl ?? this.#providerUrl(),
    };
    const tasks = specsOf('saga-task').map(
      (spec) => [spec.trigger.task, this.#function(spec, withoutSaga)] as const,
    );
    const saga = new SagaMachine(this, 'PaymentSaga', {
      stage,
      saga: paymentSaga,
      tasks: new Map(tasks),
      alarms,
    });
    raiseOnUnknownOutcomes(this, alarms);
    const surroundings: Surroundings = { ...withoutSaga, paymentSagaArn: saga.arn };

    const api = new PaymentApi(
      this,
      'Api',
      stage,
      specsOf('http').map((spec) => ({
        endpoint: spec.trigger.endpoint,
        function: this.#function(spec, surroundings),
      })),
    );
    for (const spec of specsOf('stream')) {
      const { deadLetters } = new StreamConsumer(this, constructId(spec.name), {
        spec,
        trigger: spec.trigger,
        surroundings,
        table: required(surroundings.tables[spec.trigger.table], spec.name, spec.trigger.table),
        alarms,
      });
      this.#outputQueue(spec, 'DeadLetters', deadLetters);
    }
    for (const spec of specsOf('consumer')) {
      const { deadLetters, undelivered } = new EventConsumer(this, constructId(spec.name), {
        spec,
        trigger: spec.trigger,
        surroundings,
        bus,
        alarms,
      });
      this.#outputQueue(spec, 'DeadLetters', deadLetters);
      this.#outputQueue(spec, 'Undelivered', undelivered);
    }

    const apiUrl = apiUrlOf(target, {
      restApiId: api.restApi.restApiId,
      stageName: apiStageName,
      awsUrl: api.restApi.url,
    });
    this.output('ApiUrl', apiUrl, 'The payment API, without a slash at the end');
    this.output('BusName', bus.eventBusName, 'The bus of payment events');
    this.output('SagaArn', saga.arn, "The payment saga's state machine");
    if (alarms.topic) {
      this.output('AlarmTopicArn', alarms.topic.topicArn, 'Where alarms go');
    }
  }

  #function(spec: FunctionSpec, surroundings: Surroundings): HouseFunction {
    return new HouseFunction(this, constructId(spec.name), { spec, surroundings });
  }

  #outputQueue(spec: FunctionSpec, kind: string, queue: DeadLetterQueue): void {
    this.output(
      `${constructId(spec.name)}${kind}Url`,
      queue.queueUrl,
      `${kind === 'DeadLetters' ? 'What failed for good in' : 'What the bus could not give to'} ${spec.name}`,
    );
  }

  /**
   * Where the stage has no simulator, somebody has to say which PSP it charges through: there is no
   * default, so `cdk deploy` without `--parameters ProviderUrl=https://...` stops before it starts.
   */
  #providerUrl(): string {
    return new CfnParameter(this, 'ProviderUrl', {
      description:
        'Base URL of the PSP that this stage charges through; https, no slash at the end',
      allowedPattern: '^https://[^/?#\\s]+(/[^?#\\s]*[^/?#\\s])?$',
      constraintDescription: 'an https URL without query and without a slash at its end',
    }).valueAsString;
  }
}
