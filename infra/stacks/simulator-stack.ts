import { EndpointType, LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { simulatorSpec } from '../../functions/index.ts';
import type { Bundles } from '../bundle.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { apiStageName } from '../constructs/api/payment-api.ts';
import { HouseFunction } from '../constructs/house-function.ts';
import { HouseTable } from '../constructs/house-table.ts';
import { apiUrlOf } from '../target.ts';
import { HouseStack, type HouseStackProps } from './house-stack.ts';

/** A call that is not answered is held for so much longer than its caller waits. */
const stallBeyondDeadlineMs = 3_000;

/** The PSP simulator: reached over HTTP like any PSP, sharing nothing with the pipeline. */
export class SimulatorStack extends HouseStack {
  readonly url: string;

  constructor(scope: Construct, props: HouseStackProps & { readonly bundles: Bundles }) {
    super(scope, 'simulator', 'a PSP that lies on request', props);
    const { stage, target, bundles } = props;
    const table = new HouseTable(this, 'Table', { stage });
    const { lambda } = new HouseFunction(this, 'Api', {
      spec: simulatorSpec,
      surroundings: { stage, bundles, tables: { simulator: table } },
      environment: { SIMULATOR_STALL_MS: String(stage.providerDeadlineMs + stallBeyondDeadlineMs) },
    });
    const api = new RestApi(this, 'RestApi', {
      restApiName: `paysaga-${stage.name}-simulator`,
      description: 'Paysaga: the PSP simulator',
      endpointTypes: [EndpointType.REGIONAL],
      deployOptions: {
        stageName: apiStageName,
        tracingEnabled: stage.tracing,
        throttlingRateLimit: stage.throttle.ratePerSecond,
        throttlingBurstLimit: stage.throttle.burst,
      },
    });
    api.node.tryRemoveChild('Endpoint');
    const everything = new LambdaIntegration(lambda, { allowTestInvoke: false });
    api.root.addMethod('ANY', everything);
    api.root.addResource('{proxy+}').addMethod('ANY', everything);
    acknowledge(api, {
      APIG1: 'A test double without real payments; its function logs each call.',
      APIG2: 'It answers any request as a PSP would, malformed ones included.',
      APIG3: 'A test double, never in production.',
      APIG4: 'A test double, never in production.',
      APIG6: 'A test double without real payments; its function logs each call.',
      COG4: 'A test double, never in production.',
    });
    this.url = apiUrlOf(target, {
      restApiId: api.restApiId,
      stageName: apiStageName,
      awsUrl: api.url,
    });
    this.output('SimulatorUrl', this.url, 'The PSP simulator, without a slash at the end');
    this.output('SimulatorTableName', table.tableName, 'The table simulator');
  }
}
