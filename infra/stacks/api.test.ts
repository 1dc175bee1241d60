import { beforeAll, describe, expect, it } from 'vitest';
import { functionSpecs } from '../../functions/index.ts';
import { endpoints } from '../../shared/contracts/endpoints.ts';
import { apiErrors } from '../../shared/contracts/errors.ts';
import { specsOf } from '../specs.ts';
import { stages } from '../stages.ts';
import { type Resource, type Synthesized, synthesized } from '../testing/synth.ts';

let pipeline: Synthesized;
let template: Record<string, Resource>;

beforeAll(() => {
  pipeline = synthesized('prod');
  const found = pipeline.templates.find((candidate) => candidate.findOutputs('ApiUrl').ApiUrl);
  template = found?.toJSON().Resources;
}, 60_000);

/** Each method of the API with its path. */
function methods(): { path: string; method: string; properties: Resource['Properties'] }[] {
  return Object.values(template)
    .filter(({ Type }) => Type === 'AWS::ApiGateway::Method')
    .map(({ Properties }) => ({
      path: pathOf(Properties.ResourceId),
      method: Properties.HttpMethod,
      properties: Properties,
    }));
}

function pathOf(id: { Ref?: string; 'Fn::GetAtt'?: string[] }): string {
  if (!id.Ref) {
    return '';
  }
  const { ParentId, PathPart } = template[id.Ref]?.Properties ?? {};
  return `${pathOf(ParentId)}/${PathPart}`;
}

function functionNameOf(properties: Resource['Properties']): string {
  const id = properties.Integration.Uri['Fn::Join'][1].find(
    (part: { 'Fn::GetAtt'?: string[] }) => part['Fn::GetAtt'],
  )['Fn::GetAtt'][0];
  return template[id]?.Properties.FunctionName;
}

const paths = new Set(Object.values(endpoints).map(({ path }) => path));

describe('the API', () => {
  it.each(Object.values(endpoints).map((endpoint) => [endpoint.name, endpoint] as const))(
    'has a route for %s, to the function of its spec',
    (_, endpoint) => {
      const specs = specsOf(functionSpecs, 'http').filter(({ trigger }) =>
        trigger.endpoints.some(({ name }) => name === endpoint.name),
      );
      expect(specs).toHaveLength(1);
      const route = methods().find(
        ({ path, method }) => path === endpoint.path && method === endpoint.method,
      );
      expect(route?.properties.Integration.Type).toBe('AWS_PROXY');
      expect(functionNameOf(route?.properties)).toBe(`paysaga-prod-${specs[0]?.name}`);
    },
  );

  it('lets each function be invoked for its own routes alone', () => {
    const permissions = Object.values(template).filter(
      ({ Type, Properties }) =>
        Type === 'AWS::Lambda::Permission' && Properties.Principal === 'apigateway.amazonaws.com',
    );
    const allowed = permissions.map(({ Properties: { FunctionName, SourceArn } }) => [
      template[FunctionName['Fn::GetAtt'][0]]?.Properties.FunctionName,
      SourceArn['Fn::Join'][1].at(-1),
    ]);
    const asked = specsOf(functionSpecs, 'http').flatMap(({ name, trigger }) =>
      trigger.endpoints.map(({ method, path }) => [
        `paysaga-prod-${name}`,
        `/${method}${path.replaceAll(/\{\w+\}/g, '*')}`,
      ]),
    );
    expect(allowed.sort()).toEqual(asked.sort());
  });

  it('has no other route to a function', () => {
    const routes = methods().filter(({ properties }) => properties.Integration.Type !== 'MOCK');
    expect(routes).toHaveLength(Object.keys(endpoints).length);
  });

  it.each([...paths])('answers another method of %s with 405 and what it takes', (path) => {
    const allowed = Object.values(endpoints)
      .filter((endpoint) => endpoint.path === path)
      .map(({ method }) => method)
      .sort()
      .join(', ');
    const any = methods().find((route) => route.path === path && route.method === 'ANY');
    expect(problemOf(any?.properties)).toMatchObject({ status: 405, code: 'method_not_allowed' });
    expect(headersOf(any?.properties)).toMatchObject({ Allow: `'${allowed}'` });
  });

  it('answers any other path with 404, the root and the parts of a path among them', () => {
    const others = methods().filter(({ path, method }) => method === 'ANY' && !paths.has(path));
    const parts = [...paths].flatMap((path) => {
      const names = path.split('/');
      return names.map((_, end) => names.slice(0, end).join('/'));
    });
    const between = [...new Set(parts)].filter((path) => !paths.has(path));
    expect(between).toContain('/ledger');
    expect(others.map(({ path }) => path).sort()).toEqual([...between, '/{proxy+}'].sort());
    for (const { properties } of others) {
      expect(problemOf(properties)).toMatchObject({ status: 404, code: 'not_found' });
    }
  });

  it('gives what it answers itself the form of its errors', () => {
    const responses = Object.values(template).filter(
      ({ Type }) => Type === 'AWS::ApiGateway::GatewayResponse',
    );
    const codes = responses.map(({ Properties }) => {
      const { ResponseType, StatusCode, ResponseTemplates, ResponseParameters } = Properties;
      const body = JSON.parse(ResponseTemplates['application/json']);
      const known = apiErrors[body.code as keyof typeof apiErrors];
      expect(body).toMatchObject({
        type: `urn:paysaga:problem:${body.code}`,
        title: known.title,
        status: known.status,
        instance: 'urn:paysaga:request:$context.requestId',
      });
      expect(StatusCode).toBe(String(known.status));
      expect(ResponseParameters['gatewayresponse.header.Content-Type']).toBe(
        "'application/problem+json'",
      );
      return [ResponseType, known.status];
    });
    expect(Object.fromEntries(codes)).toMatchObject({
      MISSING_AUTHENTICATION_TOKEN: 404,
      THROTTLED: 429,
      REQUEST_TOO_LARGE: 413,
      UNSUPPORTED_MEDIA_TYPE: 415,
      INTEGRATION_TIMEOUT: 503,
      DEFAULT_4XX: 400,
      DEFAULT_5XX: 500,
    });
  });

  it('is throttled, traced and logged, without a request or an answer in the log', () => {
    const [stage] = Object.values(template).filter(({ Type }) => Type === 'AWS::ApiGateway::Stage');
    expect(stage?.Properties).toMatchObject({
      StageName: 'v1',
      TracingEnabled: true,
      MethodSettings: expect.arrayContaining([
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          DataTraceEnabled: false,
          LoggingLevel: 'ERROR',
          ThrottlingRateLimit: stages.prod.throttle.ratePerSecond,
          ThrottlingBurstLimit: stages.prod.throttle.burst,
        },
      ]),
    });
    // What is set for one method is set anew: its own settings replace those of all methods.
    for (const settings of stage?.Properties.MethodSettings ?? []) {
      expect(settings).toMatchObject({
        DataTraceEnabled: false,
        LoggingLevel: 'ERROR',
        ThrottlingRateLimit: stages.prod.throttle.ratePerSecond,
        ThrottlingBurstLimit: stages.prod.throttle.burst,
      });
    }
    expect(stage?.Properties.AccessLogSetting.Format).not.toMatch(
      /header|body|query|apiKey|input/i,
    );
  });
});

function problemOf(properties: Resource['Properties']): unknown {
  const [response] = properties.Integration.IntegrationResponses;
  const body = JSON.parse(response.ResponseTemplates['application/json']);
  expect(response.StatusCode).toBe(String(body.status));
  expect(properties.Integration.RequestTemplates['application/json']).toBe(
    `{"statusCode":${body.status}}`,
  );
  expect(headersOf(properties)).toMatchObject({ 'Content-Type': "'application/problem+json'" });
  return body;
}

function headersOf(properties: Resource['Properties']): Record<string, string> {
  const [response] = properties.Integration.IntegrationResponses;
  return Object.fromEntries(
    Object.entries(response.ResponseParameters as Record<string, string>).map(([name, value]) => [
      name.replace('method.response.header.', ''),
      value,
    ]),
  );
}
