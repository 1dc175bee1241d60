import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../shared/contracts/endpoints.ts';
import { apiErrors } from '../../shared/contracts/errors.ts';
import { examples } from '../../shared/contracts/examples/index.ts';
import { resolved } from '../../shared/contracts/examples/references.ts';
import { webhookEventTypes } from '../../shared/contracts/webhooks.ts';
import type { asyncApiOf } from './asyncapi.ts';
import { documents } from './documents.ts';
import { type JsonSchema, jsonSchemaOf } from './json-schema.ts';
import { lint } from './lint.ts';
import type { AnyEndpoint } from './names.ts';

const all: readonly AnyEndpoint[] = Object.values(endpoints);
const made = documents();

interface Media {
  readonly schema: object;
}
interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { readonly $ref?: string; readonly content?: object }>
  >;
}
const openApi = made['docs/openapi.json'] as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
const asyncApi = made['docs/asyncapi.json'] as ReturnType<typeof asyncApiOf>;

function validator() {
  // What is not a keyword of JSON Schema is one of OpenAPI.
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  return ajv;
}

/** A schema that takes no member beyond those that it lists. */
function closed<T>(schema: T): T {
  return JSON.parse(JSON.stringify(schema), (_key, value) =>
    value?.type === 'object' && value.properties && !('additionalProperties' in value)
      ? { ...value, additionalProperties: false }
      : value,
  );
}

const ajv = validator()
  .addSchema({ $id: 'api', ...openApi })
  .addSchema({ $id: 'events', ...asyncApi });

/** What is wrong with a value by what stands at a pointer into the document. */
function wrongBy(pointer: readonly string[], value: unknown): unknown {
  const text = pointer.map((part) =>
    encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
  );
  const validate = ajv.getSchema(`api#/${text.join('/')}`);
  if (!validate) {
    throw new Error(`the document has nothing at ${pointer.join(' ')}`);
  }
  return validate(value) ? null : validate.errors;
}

describe.each(['docs/openapi.json', 'docs/asyncapi.json'])('%s', (file) => {
  it('is a document that the linter finds nothing wrong with', async () => {
    expect(await lint(JSON.stringify(made[file]), file)).toEqual([]);
  });
});

describe('the OpenAPI document', () => {
  it('has each endpoint as an operation by its name', () => {
    const operations = Object.values(openApi.paths).flatMap((path) => Object.values(path));
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(
      Object.keys(endpoints).sort(),
    );
  });

  it.each(all)('says of $name each status that its contract has', (endpoint) => {
    const operation = openApi.paths[endpoint.path]?.[endpoint.method.toLowerCase()];
    const own = [
      ...Object.keys(endpoint.answers),
      ...endpoint.errors.map((code) => String(apiErrors[code].status)),
    ];
    expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(own));
  });

  it('has an example of each endpoint', () => {
    const shown = new Set(examples.map(({ endpoint }) => endpoint));
    expect(Object.keys(endpoints).filter((name) => !shown.has(name as never))).toEqual([]);
  });
});

describe('a problem whose code nobody knew', () => {
  it('is one all the same', () => {
    const schema = ['components', 'schemas', 'Problem'];
    const problem = { type: 'urn:paysaga:problem:made_up', title: '', status: 418, detail: '' };
    expect(wrongBy(schema, { ...problem, instance: '', code: 'made_up' })).toBeNull();
    expect(wrongBy(schema, { ...problem, instance: '', code: 418 })).not.toBeNull();
  });

  it('has a schema of its own as soon as it is known', () => {
    const schema = ['components', 'schemas', 'NotFoundProblem'];
    const { title, status } = apiErrors.not_found;
    const problem = { type: 'urn:paysaga:problem:not_found', title, status, detail: '' };
    expect(wrongBy(schema, { ...problem, instance: '', code: 'not_found' })).toBeNull();
    expect(wrongBy(schema, { ...problem, instance: '', code: 'made_up' })).not.toBeNull();
  });
});

describe('the examples', () => {
  const answers = new Map<string, unknown>();

  it('have a name each', () => {
    expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
  });

  it.each(examples)('are what the document says: $name', (example) => {
    const endpoint: AnyEndpoint = endpoints[example.endpoint];
    const request = resolved(example.request, answers);
    answers.set(example.name, example.answer.body);
    const { status, body } = example.answer;
    const at = ['paths', endpoint.path, endpoint.method.toLowerCase()];
    if (endpoint.body && status < 300) {
      const content = [...at, 'requestBody', 'content', 'application/json', 'schema'];
      expect(wrongBy(content, request.body ?? {})).toBeNull();
    }
    const operation = openApi.paths[endpoint.path]?.[endpoint.method.toLowerCase()];
    const { $ref, content = {} } = operation?.responses[status] ?? {};
    expect($ref, 'an answer with an example stands with its operation').toBeUndefined();
    const [type] = Object.keys(content);
    if (type === undefined) {
      expect([status, body]).toEqual([204, '']);
    } else {
      expect(
        wrongBy([...at, 'responses', String(status), 'content', type, 'schema'], body),
      ).toBeNull();
    }
  });

  it.each(examples.filter(({ answer }) => answer.status < 300))(
    'have no member that the contract does not: $name',
    ({ endpoint, answer }) => {
      const { answers: schemas }: AnyEndpoint = endpoints[endpoint];
      const schema = schemas[answer.status];
      const open: JsonSchema = schema ? jsonSchemaOf(schema, 'output') : {};
      const validate = validator().compile(closed(open));
      expect(validate(answer.body) ? null : validate.errors).toBeNull();
    },
  );
});

describe('the AsyncAPI document', () => {
  const messages = Object.values(asyncApi.components.messages) as readonly {
    readonly name: string;
    readonly summary: string;
    readonly 'x-eventbridge'?: { readonly 'detail-type': string };
  }[];

  it('has each event that a merchant can be sent, and what happened with it', () => {
    expect(new Set(messages.map(({ name }) => name))).toEqual(new Set(webhookEventTypes));
    expect(messages.filter(({ summary }) => summary === '')).toEqual([]);
  });

  it('promises no order on the bus, and no version but the one of its schemas', () => {
    const { operations, info } = asyncApi;
    expect(operations.publishEvent.summary).toContain('in no order that is promised');
    expect(info.description).toContain('What we publish has the present one');
    expect(info.description).not.toContain('may come with a lower one');
  });

  it('has a schema for each message on the bus, which takes the event of its type alone', () => {
    const event = examples.find(({ name }) => name === 'events')?.answer.body as {
      readonly data: readonly { readonly type: string }[];
    };
    const [accepted] = event.data;
    const takes = Object.entries(asyncApi.components.messages)
      .filter(([name]) => !name.endsWith('Webhook'))
      .filter(([name]) => ajv.getSchema(`events#/components/messages/${name}/payload`)?.(accepted));
    expect(takes.map(([name]) => name)).toEqual(['PaymentAcceptedEvent']);
  });
});

describe('the schema files', () => {
  const files = Object.entries(made).filter(([file]) => file.startsWith('docs/schemas/'));

  it.each(files)('are complete: %s', (_file, schema) => {
    expect(() => validator().compile(schema as object)).not.toThrow();
    expect(Object.keys(schema as object)).toEqual(
      expect.arrayContaining(['$schema', '$id', 'type', 'properties', 'required']),
    );
  });
});
