import { pathParameters } from '../../../shared/contracts/endpoints/path.ts';
import { type JsonSchema, jsonSchemaOf } from '../json-schema.ts';
import type { AnyEndpoint } from '../names.ts';
import { headersTaken } from './headers.ts';

/** A parameter object of OpenAPI, or a reference to one. */
export type Parameter =
  | { readonly $ref: string }
  | {
      readonly name: string;
      readonly in: 'path' | 'query';
      readonly required: boolean;
      readonly description?: string;
      readonly schema: JsonSchema;
    };

/** The parameters of a path template, as documents have them: by reference. */
export function pathParametersOf({ path }: AnyEndpoint): Parameter[] {
  return namesIn(path).map((name) => ({ $ref: `#/components/parameters/${name}` }));
}

/** The names of the parameters in a path template. @throws Error for one without a schema */
export function namesIn(path: string): (keyof typeof pathParameters)[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    if (!Object.hasOwn(pathParameters, name)) {
      throw new Error(`${name} has no schema in shared/contracts/endpoints/path.ts`);
    }
    return name as keyof typeof pathParameters;
  });
}

/** The query parameters of an endpoint. An integer is one here, though it comes as text. */
export function queryParametersOf({ query }: AnyEndpoint): Parameter[] {
  const { properties = {}, required = [] } = query ? jsonSchemaOf(query, 'input') : {};
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

/** The headers that an endpoint reads, by reference. */
export function headerParametersOf(endpoint: AnyEndpoint): Parameter[] {
  return headersTaken(endpoint).map((name) => ({ $ref: `#/components/parameters/${name}` }));
}
