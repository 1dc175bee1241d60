import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogField,
  AccessLogFormat,
  EndpointType,
  type IResource,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  Resource,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { FilterPattern, LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Endpoint } from '../../../shared/contracts/endpoints/endpoint.ts';
import { type ApiErrorCode, apiErrors } from '../../../shared/contracts/errors.ts';
import type { Stage } from '../../stages.ts';
import { acknowledge } from '../acknowledge.ts';
import type { HouseFunction } from '../house-function.ts';
import { metricsNamespace } from '../permissions.ts';
import { addMock } from './mock.ts';
import { requestModelsOf } from './models.ts';
import { addPreflight } from './preflight.ts';
import { addGatewayProblems, problemHeaders, problemTemplate } from './problems.ts';

export interface Route {
  readonly endpoint: Pick<Endpoint, 'name' | 'method' | 'path' | 'body'>;
  readonly function: HouseFunction;
}

/** The stage of the REST API: the version of its contract, in every path. */
export const apiStageName = 'v1';

/** By which CloudWatch knows the API. */
export const apiNameOf = ({ name }: Pick<Stage, 'name'>): string => `paysaga-${name}`;

/** Where API Gateway writes a line for each request. */
export const accessLogNameOf = ({ name }: Pick<Stage, 'name'>): string =>
  `/paysaga/${name}/api-access`;

/** What the gateway itself turned away with 429, counted from its access log. */
export const gatewayThrottled = 'GatewayThrottled';

/**
 * The payment API: a function for each endpoint, or for several. What no endpoint takes is answered here, in the form of
 * the API's own errors: 405 with `Allow` for another method of a path, 404 for any other path.
 */
export class PaymentApi extends Construct {
  readonly restApi: RestApi;

  constructor(scope: Construct, id: string, stage: Stage, routes: readonly Route[]) {
    super(scope, id);
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      logGroupName: accessLogNameOf(stage),
      retention: stage.logRetentionDays,
      removalPolicy: stage.removal === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    // API Gateway counts it among all 4xx. Ours of tenants' limits are RequestLimited.
    new MetricFilter(this, 'Throttled', {
      logGroup: accessLogs,
      metricNamespace: metricsNamespace,
      metricName: gatewayThrottled,
      filterPattern: FilterPattern.stringValue('$.error', '=', 'THROTTLED'),
    });
    // A method's own settings stand in for those of the stage, not beside them.
    const methods = {
      throttlingRateLimit: stage.throttle.ratePerSecond,
      throttlingBurstLimit: stage.throttle.burst,
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
    };
    this.restApi = new RestApi(this, 'RestApi', {
      restApiName: apiNameOf(stage),
      description: 'Paysaga: payments',
      endpointTypes: [EndpointType.REGIONAL],
      // One setting for the whole account and region: kept, as other stages may live there too.
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: {
        stageName: apiStageName,
        ...methods,
        tracingEnabled: stage.tracing,
        // The one method with an objective: metrics of its own, for a few cents each.
        methodOptions: { '/payments/POST': { ...methods, metricsEnabled: true } },
        accessLogDestination: new LogGroupLogDestination(accessLogs),
        accessLogFormat: accessLog,
      },
    });
    // It would be an output with a generated name, and not the local URL.
    this.restApi.node.tryRemoveChild('Endpoint');
    const methodsOf = new Map<IResource, string[]>();
    for (const { endpoint, function: handler } of routes) {
      const resource = this.restApi.root.resourceForPath(endpoint.path);
      resource.addMethod(
        endpoint.method,
        new LambdaIntegration(handler.lambda, { allowTestInvoke: false }),
        { requestModels: requestModelsOf(this.restApi, endpoint) },
      );
      methodsOf.set(resource, [...(methodsOf.get(resource) ?? []), endpoint.method]);
    }
    this.restApi.root.addResource('{proxy+}');
    for (const resource of this.#resources()) {
      const methods = methodsOf.get(resource);
      if (methods) {
        const allow = methods.sort().join(', ');
        addPreflight(resource, methods, stage.corsOrigins);
        answer(resource, 'method_not_allowed', `This path takes ${allow}.`, {
          Allow: `'${allow}'`,
        });
      } else {
        answer(resource, 'not_found', 'There is nothing at this path.');
      }
    }
    addGatewayProblems(this.restApi);
    acknowledge(this.restApi, {
      APIG2:
        'Requests are validated in the handler, by the contract, with an error that names each place.',
      APIG3:
        'A firewall belongs to who runs the account; what one would keep out here, the throttle and the key check do.',
      APIG4:
        'The HTTP middleware checks the API key: a decision needs the resource and the amount, which an authorizer does not see.',
      COG4: 'Callers are servers with API keys, not people with a user pool.',
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
        'The policy that API Gateway asks for to write any log; it is a setting of the account.',
    });
  }

  /** Every resource of the tree, the root first. */
  #resources(): IResource[] {
    return [
      this.restApi.root,
      ...this.restApi.root.node.findAll().filter((child) => child instanceof Resource),
    ];
  }
}

/** Answers every method that the resource has not got with an error of the table. */
function answer(
  resource: IResource,
  code: ApiErrorCode,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  addMock(resource, 'ANY', {
    status: apiErrors[code].status,
    headers: { ...problemHeaders, ...headers },
    template: problemTemplate(code, detail),
  });
}
/** Who asked for what, and what became of it: nothing of the request's content, no key, no query. */
const accessLog = AccessLogFormat.custom(
  JSON.stringify({
    request_id: AccessLogField.contextRequestId(),
    trace_id: AccessLogField.contextXrayTraceId(),
    time: AccessLogField.contextRequestTime(),
    source_ip: AccessLogField.contextIdentitySourceIp(),
    method: AccessLogField.contextHttpMethod(),
    route: AccessLogField.contextResourcePath(),
    status: AccessLogField.contextStatus(),
    error: AccessLogField.contextErrorResponseType(),
    latency_ms: AccessLogField.contextResponseLatency(),
    response_bytes: AccessLogField.contextResponseLength(),
  }),
);
