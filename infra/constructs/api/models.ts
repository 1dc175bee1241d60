import { CfnModel, type IModel, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { type JsonSchema, jsonSchemaOf } from '../../../docs/contracts/json-schema.ts';
import type { Endpoint } from '../../../shared/contracts/endpoints/endpoint.ts';

/**
 * The models of an endpoint's request, by media type: what exported definitions and generated SDKs say
 * of its body. No validator enforces them (docs/decisions/0023).
 */
export function requestModelsOf(
  api: RestApi,
  { name, body }: Pick<Endpoint, 'name' | 'body'>,
): Record<string, IModel> {
  if (!body) {
    return {};
  }
  const modelName = `${name[0]?.toUpperCase()}${name.slice(1)}Request`;
  const { ref } = new CfnModel(api, modelName, {
    restApiId: api.restApiId,
    name: modelName,
    contentType: 'application/json',
    schema: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: modelName,
      ...(draft4(jsonSchemaOf(body, 'input')) as JsonSchema),
    },
  });
  return { 'application/json': { modelId: ref } };
}

/**
 * Our schemas in draft 4, which has no `const` and cannot say anything of names. Without defaults: a
 * template may have no `null`.
 */
function draft4(schema: unknown): unknown {
  if (Array.isArray(schema)) {
    return schema.map(draft4);
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      switch (key) {
        case 'default':
        case 'propertyNames':
          return [];
        case 'const':
          return [['enum', [value]]];
        default:
          return [[key, draft4(value)]];
      }
    }),
  );
}
