import { compile, type JSONSchema } from 'json-schema-to-typescript';
import { type ApiDocument, type DocumentOperation, follow } from './document.ts';
import { pascal } from './names.ts';

/** What an operation takes and answers, by the names of their types. */
export interface OperationTypes {
  readonly query: string | null;
  readonly body: string | null;
  /** `void` for an operation that answers nothing. */
  readonly answer: string;
  /** Whether the answer is a page of a list. */
  readonly list: boolean;
}

/** Schemas of the document, and those of operations that have no name there. */
export class TypeNames {
  readonly schemas: Record<string, JSONSchema>;
  readonly #document: ApiDocument;

  constructor(document: ApiDocument) {
    this.#document = document;
    this.schemas = { ...document.components.schemas };
  }

  of(operation: DocumentOperation): OperationTypes {
    const name = pascal(operation.id);
    const query = operation.parameters.filter((parameter) => parameter.in === 'query');
    const answers = Object.values(operation.answers).map((schema) =>
      schema ? this.#named(schema, `${name}Answer`) : 'void',
    );
    const page = Object.values(operation.answers)
      .map((schema) => schema && follow<JSONSchema>(this.#document, schema))
      .every((schema) => schema?.properties?.next_cursor && schema.properties.data);
    return {
      query: query.length === 0 ? null : this.#named(queryOf(query), `${name}Query`),
      body: operation.body && this.#named(operation.body.schema, `${name}Request`),
      answer: [...new Set(answers)].join(' | '),
      list: page,
    };
  }

  #named(schema: JSONSchema, name: string): string {
    const known = schema.$ref?.split('/').at(-1);
    if (known !== undefined) {
      return known;
    }
    this.schemas[name] = schema;
    return name;
  }

  /** The types of all of them, but for those of problems: those are classes. */
  async text(): Promise<string> {
    const used = Object.entries(this.schemas).filter(([name]) => !name.includes('Problem'));
    const enums = new Map(
      used.flatMap(([name, schema]) => (schema.enum ? [[JSON.stringify(schema.enum), name]] : [])),
    );
    const $defs = Object.fromEntries(
      used.map(([name, schema]): [string, JSONSchema] => [name, forCompiler(schema, enums)]),
    );
    const root: JSONSchema = {
      $defs,
      type: 'object',
      properties: Object.fromEntries(
        Object.keys($defs).map((name) => [name, { $ref: `#/$defs/${name}` }]),
      ),
      additionalProperties: false,
    };
    const text = await compile(root, 'Everything', {
      additionalProperties: false,
      bannerComment: '',
      ignoreMinAndMaxItems: true,
      unknownAny: true,
      style: { singleQuote: true, printWidth: 100 },
    });
    return withoutRoot(text);
  }
}

function queryOf(parameters: DocumentOperation['parameters']): JSONSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(
      parameters.map(({ name, schema, description }) => [
        name,
        description === undefined ? schema : { ...schema, description },
      ]),
    ),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

/**
 * A schema as the compiler takes it: by references of its own form, and those alone, as it makes a
 * type anew of one that has a default beside it. Without titles, which it would name types by. What is
 * written out, and has a name in the document, is by its name again.
 */
function forCompiler(schema: unknown, named: ReadonlyMap<string, string>): JSONSchema {
  const text = JSON.stringify(schema, (key, value) => {
    if (key === 'title' && typeof value === 'string') {
      return undefined;
    }
    const name = value?.$ref?.split('/').at(-1) ?? named.get(JSON.stringify(value?.enum));
    return name === undefined || key === '' ? value : { $ref: `#/$defs/${name}` };
  });
  return JSON.parse(text);
}

/** The compiler wants one type that all of them are in. Nobody else does. */
function withoutRoot(text: string): string {
  return text.replace(/export interface Everything \{[\s\S]*?\n\}\n/, '').trim();
}
