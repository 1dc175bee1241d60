import { CfnParameter } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { functionSpecs } from '../../functions/index.ts';
import { inquiries, inquiryNames } from '../../shared/domain/saga/inquiry.ts';
import { type MachineName, sagaNames, sagas } from '../../shared/domain/saga/sagas.ts';
import type { FunctionSpec, QueueName } from '../../shared/runtime/function-spec.ts';
import type { Bundles } from '../bundle.ts';
import { apiStageName, PaymentApi } from '../constructs/api/payment-api.ts';
import { QueueConsumer } from '../constructs/edges/queue-consumer.ts';
import { StreamConsumer } from '../constructs/edges/stream-consumer.ts';
import type { WorkQueue } from '../constructs/edges/work-queue.ts';
import { EventArchive } from '../constructs/event-archive.ts';
import { constructId, HouseFunction } from '../constructs/house-function.ts';
import { InquiryMachine, SagaMachine } from '../constructs/saga/saga-machine.ts';
import { required, type Surroundings } from '../constructs/surroundings.ts';
import { specsOf } from '../specs.ts';
import { needsProviderUrl } from '../stages.ts';
import { apiUrlOf } from '../target.ts';
import type { DataStack } from './data-stack.ts';
import { HouseStack, type HouseStackProps } from './house-stack.ts';

export interface PipelineStackProps extends HouseStackProps {
  readonly bundles: Bundles;
  readonly data: DataStack;
  /** Undefined where the stage has no simulator: the deployer names the PSP and the bank. */
  readonly simulatorUrl: string | undefined;
}

/** What computes when it is asked: the API, the sagas and the bus. */
export class PipelineStack extends HouseStack {
  readonly bus: EventBus;
  /** What the console is beside. */
  readonly api: { readonly restApiId: string };
  readonly #data: DataStack;

  constructor(scope: Construct, props: PipelineStackProps) {
    super(scope, 'pipeline', 'API, sagas and bus', props);
    const { stage, bundles, data, simulatorUrl } = props;
    this.#data = data;
    const busName = `paysaga-${stage.name}`;
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: busName,
      description: 'Payment events, for other contexts',
    });
    const { bus } = this;
    if (stage.archiveDays !== null) {
      const { arn } = new EventArchive(this, 'EventArchive', {
        bus,
        busName,
        days: stage.archiveDays,
        key: data.key,
      });
      this.output('EventArchiveArn', arn, 'From where EventBridge replays events');
    }
    const withoutSagas: Surroundings = {
      stage,
      bundles,
      tables: data.tables,
      buckets: data.buckets,
      queues: data.queueRefs,
      personalDataKey: data.personalDataKey,
      bus,
      ...(needsProviderUrl(stage) && {
        providerUrl:
          simulatorUrl ?? this.#urlOf('Provider', 'the PSP that this stage charges through'),
      }),
      bankUrl: simulatorUrl ?? this.#urlOf('Bank', 'the bank that this stage pays out through'),
    };
    const surroundings = { ...withoutSagas, sagaArns: this.#machines(withoutSagas) };
    this.api = this.#api(surroundings);
    this.#streams(surroundings);
    this.#queues(surroundings);
    this.output('BusName', bus.eventBusName, 'The bus of payment events');
  }

  /** A machine for each saga and inquiry. A task that several of them have is one function. */
  #machines(surroundings: Surroundings): Record<MachineName, string> {
    const tasks = new Map(
      specsOf(functionSpecs, 'saga-task').map((spec) => [
        spec.trigger.task,
        this.#function(spec, surroundings),
      ]),
    );
    const arns = sagaNames.map((name) => {
      const id = constructId(`${name}-saga`);
      const { arn } = new SagaMachine(this, id, {
        stage: this.stage,
        saga: sagas[name],
        tasks,
        alarms: this.#data.alarms,
      });
      this.output(`${id}Arn`, arn, `The state machine of the saga ${name}`);
      return [name, arn] as const;
    });
    const inquiryArns = specsOf(functionSpecs, 'inquiry-task').map((spec) => {
      const name = required(
        inquiryNames.find((candidate) => inquiries[candidate].task.name === spec.trigger.task),
        spec.name,
        `an inquiry with the task ${spec.trigger.task}`,
      );
      const id = constructId(`${name}-inquiry`);
      const { arn } = new InquiryMachine(this, id, {
        stage: this.stage,
        inquiry: inquiries[name],
        task: this.#function(spec, surroundings),
        alarms: this.#data.alarms,
      });
      this.output(`${id}Arn`, arn, `The state machine of the inquiry ${name}`);
      return [name, arn] as const;
    });
    return Object.fromEntries([...arns, ...inquiryArns]) as Record<MachineName, string>;
  }

  #api(surroundings: Surroundings): { readonly restApiId: string } {
    const routes = specsOf(functionSpecs, 'http').flatMap((spec) => {
      const serving = this.#function(spec, surroundings);
      return spec.trigger.endpoints.map((endpoint) => ({ endpoint, function: serving }));
    });
    const { restApi } = new PaymentApi(this, 'Api', this.stage, routes);
    const apiUrl = apiUrlOf(this.target, {
      restApiId: restApi.restApiId,
      stageName: apiStageName,
      awsUrl: restApi.url,
    });
    this.output('ApiUrl', apiUrl, 'The payment API, without a slash at the end');
    return { restApiId: restApi.restApiId };
  }

  #streams(surroundings: Surroundings): void {
    for (const spec of specsOf(functionSpecs, 'stream')) {
      const { deadLetters } = new StreamConsumer(this, constructId(spec.name), {
        spec,
        trigger: spec.trigger,
        surroundings,
        table: required(surroundings.tables[spec.trigger.table], spec.name, spec.trigger.table),
        alarms: this.#data.alarms,
      });
      this.outputQueue(spec.name, 'DeadLetters', deadLetters);
    }
  }

  #queues(surroundings: Surroundings): void {
    const queues: Readonly<Partial<Record<QueueName, WorkQueue>>> = this.#data.queues;
    for (const spec of specsOf(functionSpecs, 'queue')) {
      const { queue } = spec.trigger;
      const from = required(queues[queue], spec.name, `the queue ${queue}`);
      new QueueConsumer(this, constructId(spec.name), { spec, surroundings, from });
    }
  }

  #function(spec: FunctionSpec, surroundings: Surroundings): HouseFunction {
    return new HouseFunction(this, constructId(spec.name), { spec, surroundings });
  }

  /**
   * Where the stage has no simulator, somebody has to say which PSP and which bank it goes through:
   * there is no default, so `cdk deploy` without `--parameters ProviderUrl=https://...` stops before
   * it starts.
   */
  #urlOf(who: 'Provider' | 'Bank', what: string): string {
    return new CfnParameter(this, `${who}Url`, {
      description: `Base URL of ${what}; https, no slash at the end`,
      allowedPattern: '^https://[^/?#\\s]+(/[^?#\\s]*[^/?#\\s])?$',
      constraintDescription: 'an https URL without query and without a slash at its end',
    }).valueAsString;
  }
}
