import { expect, it } from 'vitest';
import type { ApiDocument } from './document.ts';
import { clientFiles } from './files.ts';

const listOf = (name: string) => ({
  type: 'object' as const,
  properties: {
    object: { type: 'string' as const, const: 'list' },
    data: { type: 'array' as const, items: { $ref: `#/components/schemas/${name}` } },
    next_cursor: { anyOf: [{ type: 'string' as const }, { type: 'null' as const }] },
  },
  required: ['object', 'data', 'next_cursor'],
});

const answering = (schema: object) => ({ content: { 'application/json': { schema } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const document = {
  paths: {
    '/shops': {
      get: {
        operationId: 'listShops',
        description: 'The shops.\n\nNeeds a scope.',
        parameters: [{ name: 'cursor', in: 'query', schema: { type: 'string' } }],
        responses: { 200: answering(ref('ShopList')), 400: answering(ref('BadProblem')) },
      },
      post: {
        operationId: 'createShop',
        parameters: [{ $ref: '#/components/parameters/Key' }],
        requestBody: { required: true, ...answering(ref('CreateShopRequest')) },
        responses: { 201: answering(ref('Shop')) },
      },
    },
    '/shops/{shop_id}': {
      delete: {
        operationId: 'deleteShop',
        parameters: [{ name: 'shop_id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 204: {} },
      },
    },
    '/providers/{provider}/webhooks': {
      post: { operationId: 'takeProviderWebhook', responses: { 200: answering({}) } },
    },
  },
  components: {
    parameters: { Key: { name: 'Idempotency-Key', in: 'header', required: true, schema: {} } },
    schemas: {
      Colour: { type: 'string', enum: ['red', 'blue'] },
      Shop: {
        type: 'object',
        properties: { id: { type: 'string' }, colour: ref('Colour') },
        required: ['id'],
      },
      CreateShopRequest: {
        type: 'object',
        properties: { colour: { ...ref('Colour'), default: 'red' } },
      },
      ShopList: listOf('Shop'),
      Problem: { type: 'object', properties: { code: { type: 'string' } } },
      BadProblem: {
        type: 'object',
        properties: { code: { type: 'string', const: 'bad' }, most: { type: 'integer' } },
        required: ['code', 'most'],
      },
    },
  },
  'x-errors': { bad: { status: 400, title: 'It is bad', action: 'Make it good.' } },
} as unknown as ApiDocument;

const files = await clientFiles(document);
const textOf = (name: string) => files[`client/src/generated/${name}`] ?? '';

it('makes a file a group, and nothing of what PSPs call', () => {
  expect(Object.keys(files).map((file) => file.replace('client/src/generated/', ''))).toEqual([
    'operations.ts',
    'problems.ts',
    'types.ts',
    'groups.ts',
    'api/shops.ts',
  ]);
});

it('makes a method of an operation, by what it takes and answers', () => {
  const text = textOf('api/shops.ts');
  expect(text).toContain(
    'list(query: ListShopsQuery = {}, options: ListOptions = {}): List<ShopList> {',
  );
  expect(text).toContain(
    'create(body: CreateShopRequest, options: KeyedOptions = {}): Promise<Shop> {',
  );
  expect(text).toContain('delete(shopId: string, options: CallOptions = {}): Promise<void> {');
  expect(text).toContain('* The shops.\n');
  expect(textOf('operations.ts')).toContain("path: '/shops', body: true, key: true, wait: false");
});

it('makes one type of a schema, wherever it stands', () => {
  const text = textOf('types.ts');
  expect(text.match(/'red' \| 'blue'/g)).toHaveLength(1);
  expect(text).toContain('colour?: Colour;');
  expect(text).not.toContain('Problem');
});

it('makes a class of a code, with what its problem has of its own', () => {
  const text = textOf('problems.ts');
  expect(text).toContain('/** 400: It is bad. Make it good. */\nexport class BadError extends');
  expect(text).toContain('readonly most: number;');
  expect(text).toContain('  bad: BadError,');
});

it('refuses two operations of one name, and a reference to nothing', async () => {
  const shops = document.paths['/shops'];
  const twice = { ...document, paths: { ...document.paths, '/shops/all': { get: shops?.get } } };
  await expect(clientFiles(twice)).rejects.toThrow('two operations that are called list');
  const lost = { ...document, components: { schemas: document.components.schemas } };
  await expect(clientFiles(lost)).rejects.toThrow('refers to nothing');
});
