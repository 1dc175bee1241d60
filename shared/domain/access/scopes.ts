/** What a key can be let do. A scope is no permission yet: the policies have the last word. */
export const scopes = [
  'payments:read',
  'payments:write',
  'refunds:write',
  'customers:read',
  'customers:write',
  'payouts:read',
  'payouts:write',
  'ledger:read',
  'webhooks:read',
  'webhooks:write',
  'approvals:write',
  'operations:read',
  'operations:write',
] as const;
export type Scope = (typeof scopes)[number];

/** How a key or a token names what it may do: a scope, all of one kind (`payments:*`), or everything. */
export type Grant = Scope | `${string}:*` | '*';

/** True for a form that `holds` knows. */
export function isGrant(text: string): text is Grant {
  return text === '*' || scopes.some((scope) => text === scope || text === `${kindOf(scope)}:*`);
}

/** True when one of the grants has the scope in it. One that is not known has none in it. */
export function holds(held: readonly string[], needed: Scope): boolean {
  return held.some((grant) => grant === '*' || grant === needed || grant === `${kindOf(needed)}:*`);
}

function kindOf(scope: Scope): string {
  return scope.slice(0, scope.indexOf(':'));
}
