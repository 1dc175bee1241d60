import type { DocumentOperation } from './document.ts';
import { camel, methodOf, pascal } from './names.ts';
import type { OperationTypes } from './types.ts';

/** An operation with the names of its types. */
export interface TypedOperation extends DocumentOperation {
  readonly types: OperationTypes;
}

/** The table of operations: what sending one needs to know. */
export function operationTable(operations: readonly TypedOperation[]): string {
  return [
    "import type { Operation } from '../transport/operation.ts';",
    [
      '/** Every operation of the API that merchants call, by its id in `docs/openapi.json`. */',
      'export const operations = {',
      ...operations.map((operation) => {
        const { id, method, path, body } = operation;
        const row = [
          `id: '${id}'`,
          `method: '${method}'`,
          `path: '${path}'`,
          `body: ${body !== null}`,
          `key: ${takes(operation, 'Idempotency-Key')}`,
          `wait: ${takes(operation, 'Prefer')}`,
        ];
        return `  ${id}: { ${row.join(', ')} },`;
      }),
      '} as const satisfies Readonly<Record<string, Operation>>;',
    ].join('\n'),
  ].join('\n\n');
}

/** The class of one group, with a method for each of its operations. @throws Error for two of a name */
export function apiClass(group: string, operations: readonly TypedOperation[]): string {
  const methods = operations.map((operation) => methodOf(operation.id, group));
  const twice = methods.find((method, index) => methods.indexOf(method) !== index);
  if (twice !== undefined) {
    throw new Error(`${group} has two operations that are called ${twice}`);
  }
  const listed = operations.some(({ types }) => types.list);
  const options = new Set(operations.map(optionsOf));
  const types = new Set(
    operations.flatMap(({ types: { query, body, answer } }) => [
      query,
      body,
      ...answer.split(' | '),
    ]),
  );
  types.delete(null);
  types.delete('void');
  return [
    [
      ...(listed ? ["import { List } from '../../list.ts';"] : []),
      `import type { ${[...options].sort().join(', ')} } from '../../options.ts';`,
      "import type { Send } from '../../transport/send.ts';",
      "import { operations } from '../operations.ts';",
      'import type {',
      ...[...types].sort().map((type) => `  ${type},`),
      "} from '../types.ts';",
    ].join('\n'),
    [
      `export class ${pascal(group)}Api {`,
      '  readonly #send: Send;',
      '',
      '  constructor(send: Send) {',
      '    this.#send = send;',
      '  }',
      ...operations.map((operation) => methodText(group, operation)),
      '}',
    ].join('\n'),
  ].join('\n\n');
}

function methodText(group: string, operation: TypedOperation): string {
  const { id, method, path, description, types, body, parameters } = operation;
  const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
  const optional = (name: string, type: string, required: boolean) =>
    required ? `${name}: ${type}` : `${name}: ${type} = {}`;
  const queryRequired = parameters.some(({ in: place, required }) => place === 'query' && required);
  const bodyRequired = body?.required === true;
  const args = [
    ...inPath.map((name) => `${camel(name)}: string`),
    ...(types.body ? [optional('body', types.body, bodyRequired)] : []),
    ...(types.query ? [optional('query', types.query, queryRequired)] : []),
    `options: ${optionsOf(operation)} = {}`,
  ];
  const parts = [
    ...(inPath.length > 0
      ? [`path: { ${inPath.map((name) => `${name}: ${camel(name)}`).join(', ')} }`]
      : []),
    ...(types.query ? ['query'] : []),
    ...(types.body ? ['body'] : []),
  ];
  const given = parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
  const [answer, call] = types.list
    ? [`List<${types.answer}>`, `new List(this.#send, operations.${id}, ${given}, options)`]
    : [`Promise<${types.answer}>`, `this.#send(operations.${id}, ${given}, options)`];
  return [
    '',
    '  /**',
    `   * ${description.split('\n\n')[0] ?? ''}`,
    '   *',
    `   * \`${method} ${path}\``,
    '   */',
    `  ${methodOf(id, group)}(${args.join(', ')}): ${answer} {`,
    `    return ${call};`,
    '  }',
  ].join('\n');
}

function optionsOf(operation: TypedOperation): string {
  if (operation.types.list) {
    return 'ListOptions';
  }
  const key = takes(operation, 'Idempotency-Key');
  return key && takes(operation, 'Prefer') ? 'WaitOptions' : key ? 'KeyedOptions' : 'CallOptions';
}

function takes({ parameters }: DocumentOperation, header: string): boolean {
  return parameters.some(({ in: place, name }) => place === 'header' && name === header);
}

/** The function that makes every group. */
export function groupsClass(groups: readonly string[]): string {
  const sorted = [...groups].sort();
  return [
    [
      ...sorted.map((group) => `import { ${pascal(group)}Api } from './api/${group}.ts';`),
      "import type { Send } from '../transport/send.ts';",
    ].join('\n'),
    [
      '/** Every group of operations. */',
      'export function groupsOf(send: Send) {',
      '  return {',
      ...sorted.map((group) => `    ${camel(group)}: new ${pascal(group)}Api(send),`),
      '  };',
      '}',
    ].join('\n'),
  ].join('\n\n');
}
