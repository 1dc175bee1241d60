import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { describe, expect, it } from 'vitest';
import { securityHeaders } from '../../../shared/contracts/http-headers.ts';
import { stageNames, stages } from '../../stages.ts';
import { synthesized } from '../../testing/synth.ts';
import { addPreflight } from './preflight.ts';

const quoted = Object.entries(securityHeaders).map(([name, value]) => [name, `'${value}'`]);

/** Headers by their names alone, of parameters such as `gatewayresponse.header.Vary`. */
function headersOf(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name.split('.header.')[1], value]),
  );
}

describe.each(stageNames)('what API Gateway answers itself in %s', (name) => {
  it('has the headers that every answer has', () => {
    const methods = synthesized(name)
      .resources('AWS::ApiGateway::Method')
      .filter(({ Properties }) => Properties.Integration.Type === 'MOCK');
    const answers = [
      ...methods.map(({ Properties }) => Properties.Integration.IntegrationResponses[0]),
      ...synthesized(name)
        .resources('AWS::ApiGateway::GatewayResponse')
        .map(({ Properties }) => Properties),
    ];
    expect(answers.length).toBeGreaterThan(20);
    for (const { ResponseParameters } of answers) {
      expect(headersOf(ResponseParameters)).toMatchObject(Object.fromEntries(quoted));
    }
  });

  it('lets no page call the API, as no origin is listed', () => {
    expect(stages[name].corsOrigins).toEqual([]);
    const text = JSON.stringify(synthesized(name).templates.map((one) => one.toJSON()));
    expect(text).not.toMatch(/Access-Control|CORS_ORIGINS|"HttpMethod":"OPTIONS"/);
  });
});

/** The preflight of a resource with these origins. */
function preflight(...origins: readonly string[]) {
  const stack = new Stack(new App(), 'Api');
  const api = new RestApi(stack, 'Rest');
  const resource = api.root.addResource('payments');
  resource.addMethod('GET');
  addPreflight(resource, ['GET', 'POST'], origins);
  const methods = Object.values(Template.fromStack(stack).findResources('AWS::ApiGateway::Method'));
  return methods.find(({ Properties }) => Properties.HttpMethod === 'OPTIONS')?.Properties;
}

/** What the template of a preflight makes of an origin: the little of the language that it is in. */
function allowed(template: string, origin: string): string | null {
  const listed = [...template.matchAll(/\$origin == "([^"]*)"/g)].map(([, text]) => text);
  return listed.slice(1).includes(origin) ? origin : null;
}

describe('a preflight', () => {
  it('is none where no origin is listed', () => {
    expect(preflight()).toBeUndefined();
  });

  it('names the origin that asks when it is listed, and no other', () => {
    const properties = preflight('https://shop.example', 'http://localhost:5173');
    const [answer] = properties?.Integration.IntegrationResponses ?? [];
    const template = answer.ResponseTemplates['application/json'];
    expect(allowed(template, 'https://shop.example')).toBe('https://shop.example');
    expect(allowed(template, 'http://localhost:5173')).toBe('http://localhost:5173');
    for (const other of ['https://shopxexample', 'https://shop.example.evil', '', 'null', '*']) {
      expect(allowed(template, other)).toBeNull();
    }
    const headers = headersOf(answer.ResponseParameters);
    expect(headers).toEqual({
      ...Object.fromEntries(quoted),
      'Access-Control-Allow-Headers':
        "'Authorization, Content-Type, Idempotency-Key, Paysaga-Tenant, Prefer, X-Correlation-Id'",
      'Access-Control-Allow-Methods': "'GET, POST'",
      'Access-Control-Max-Age': "'600'",
      Vary: "'Origin'",
    });
    expect(answer.StatusCode).toBe('204');
    expect(properties?.AuthorizationType).toBe('NONE');
  });

  it.each([
    '*',
    'null',
    'shop.example',
    'https://shop.example/',
    'https://a"==""||"',
    'https://A.example',
  ])('is refused for %s, which is no origin', (origin) => {
    expect(() => preflight(origin)).toThrow('is no origin, such as https://shop.example');
  });
});
