import { EndpointType, LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { simulatorSpecs } from '../../functions/index.ts';
import type { Bundles } from '../bundle.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { apiStageName } from '../constructs/api/payment-api.ts';
import { deployedName } from '../constructs/deployed-name.ts';
import { QueueConsumer } from '../constructs/edges/queue-consumer.ts';
import { ScheduledFunction } from '../constructs/edges/scheduled-function.ts';
import { WorkQueue } from '../constructs/edges/work-queue.ts';
import { constructId, HouseFunction } from '../constructs/house-function.ts';
import { HouseTable } from '../constructs/house-table.ts';
import type { Surroundings } from '../constructs/surroundings.ts';
import { type SpecOf, specsOf } from '../specs.ts';
import { apiUrlOf } from '../target.ts';
import type { DataStack } from './data-stack.ts';
import { HouseStack, type HouseStackProps } from './house-stack.ts';

/** A call that is not answered is held for so much longer than its caller waits. */
const stallBeyondDeadlineMs = 3_000;

export interface SimulatorStackProps extends HouseStackProps {
  readonly bundles: Bundles;
  readonly data: DataStack;
}

/**
 * The PSP and bank simulator: reached over HTTP like any PSP, and telling what it tells by signed
 * webhooks. With the pipeline it shares what a PSP and a merchant share: the bucket of settlement files.
 */
export class SimulatorStack extends HouseStack {
  readonly url: string;

  constructor(scope: Construct, props: SimulatorStackProps) {
    super(scope, 'simulator', 'a PSP that lies on request', props);
    const { stage, bundles, data } = props;
    const table = new HouseTable(this, 'Table', { stage });
    const [deliver] = specsOf(simulatorSpecs, 'queue');
    const webhooks = this.#webhooks(deliver as SpecOf<'queue'>, data);
    const surroundings: Surroundings = {
      stage,
      bundles,
      tables: { simulator: table },
      buckets: data.buckets,
      queues: { simulator_webhooks: webhooks.queue },
    };
    new QueueConsumer(this, constructId((deliver as SpecOf<'queue'>).name), {
      spec: deliver as SpecOf<'queue'>,
      surroundings,
      from: webhooks,
    });
    const [apiSpec] = specsOf(simulatorSpecs, 'simulator-api');
    const restApi = this.#api(apiSpec as SpecOf<'simulator-api'>, surroundings);
    for (const spec of specsOf(simulatorSpecs, 'schedule')) {
      const { lambda, deadLetters } = new ScheduledFunction(this, constructId(spec.name), {
        spec,
        trigger: spec.trigger,
        surroundings,
        alarms: data.alarms,
      });
      this.outputQueue(spec.name, 'DeadLetters', deadLetters);
      for (const { method, path } of spec.simulatorRoutes ?? []) {
        const resource = restApi.root.resourceForPath(path);
        resource.addMethod(method, integrationOf(lambda));
        resource.addMethod('ANY');
      }
    }
    this.url = apiUrlOf(props.target, {
      restApiId: restApi.restApiId,
      stageName: apiStageName,
      awsUrl: restApi.url,
    });
    this.output('SimulatorUrl', this.url, 'The PSP simulator, without a slash at the end');
    this.output('SimulatorTableName', table.tableName, 'The table simulator');
  }

  /** What is to be told, until it is. Here: the pipeline knows of it as much as of any PSP's own. */
  #webhooks(spec: SpecOf<'queue'>, { alarms }: DataStack): WorkQueue {
    const name = spec.trigger.queue;
    const webhooks = new WorkQueue(this, constructId(name), {
      alarms,
      timeoutMs: spec.timeoutMs,
      says: 'The simulator could not deliver a notice: see its reason. As with a PSP that gives a webhook up, what it says is not known here until an inquiry asks.',
      edge: {
        kind: 'queue',
        name: name.replaceAll('_', '-'),
        function: deployedName(this.stage, spec),
      },
    });
    this.outputQueue(spec.name, 'DeadLetters', webhooks.deadLetters);
    return webhooks;
  }

  #api(spec: SpecOf<'simulator-api'>, surroundings: Surroundings): RestApi {
    const { stage } = this;
    const { lambda } = new HouseFunction(this, 'Api', {
      spec,
      surroundings,
      environment: { SIMULATOR_STALL_MS: String(stage.providerDeadlineMs + stallBeyondDeadlineMs) },
    });
    const api = new RestApi(this, 'RestApi', {
      restApiName: `paysaga-${stage.name}-simulator`,
      description: 'Paysaga: the PSP simulator',
      endpointTypes: [EndpointType.REGIONAL],
      defaultIntegration: integrationOf(lambda),
      deployOptions: {
        stageName: apiStageName,
        tracingEnabled: stage.tracing,
        throttlingRateLimit: stage.throttle.ratePerSecond,
        throttlingBurstLimit: stage.throttle.burst,
      },
    });
    api.node.tryRemoveChild('Endpoint');
    api.root.addMethod('ANY');
    api.root.addResource('{proxy+}').addMethod('ANY');
    acknowledge(api, {
      APIG1: 'A test double without real payments; its function logs each call.',
      APIG2: 'It answers any request as a PSP would, malformed ones included.',
      APIG3: 'A test double, never in production.',
      APIG4: 'A test double, never in production.',
      APIG6: 'A test double without real payments; its function logs each call.',
      COG4: 'A test double, never in production.',
    });
    return api;
  }
}

function integrationOf(lambda: IFunction): LambdaIntegration {
  return new LambdaIntegration(lambda, { allowTestInvoke: false });
}
