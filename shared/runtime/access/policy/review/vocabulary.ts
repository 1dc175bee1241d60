import type { Endpoint } from '../../../../contracts/endpoints/endpoint.ts';

/** CEL's types, as far as attributes have them. `dyn`: one that may be null. */
type AttributeType = 'string' | 'int' | 'list<string>' | 'dyn';

type Attributes = Readonly<Record<string, AttributeType>>;

/** What policies can name. Anything else is a slip, and would make a policy that never applies. */
export interface Vocabulary {
  readonly actions: ReadonlySet<string>;
  readonly principal: Attributes;
  readonly resource: Attributes;
  readonly context: Attributes;
}

/** What a question has, by who adds it: the handler, `request.permit`, and the stage. */
const attributes = {
  principal: { tenant: 'string', id: 'string', role: 'string', scopes: 'list<string>' },
  resource: {
    type: 'string',
    tenant: 'string',
    amount: 'int',
    currency: 'string',
    refunded: 'int',
    /** Null: nobody knows how much. */
    at_risk: 'dyn',
  },
  context: { time: 'string', stage: 'string', approved_by: 'dyn' },
} as const;

/** The actions of the endpoints, and beside the attributes the ids of their paths. */
export function vocabularyOf(endpoints: readonly Pick<Endpoint, 'access' | 'path'>[]): Vocabulary {
  const ids = endpoints.flatMap(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].map(([, id]) => id));
  return {
    ...attributes,
    actions: new Set(endpoints.flatMap(({ access }) => access?.action ?? [])),
    resource: {
      ...Object.fromEntries(ids.map((id) => [id, 'string' as const])),
      ...attributes.resource,
    },
  };
}
