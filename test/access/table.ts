import { operationsTenant } from '../../shared/domain/settlement/break.ts';
import type { AnyEndpoint } from './world.ts';

/** Whose a resource is, as the caller sees it; `none`: the endpoint is about nothing in particular. */
export type Whose = 'own' | 'foreign' | 'missing' | 'none';

/**
 * What a caller comes to:
 * - `allowed`: one of the answers that the contract has
 * - `no_scope`, `no_policy`: 403, before anything is read
 * - `not_found`: 404
 */
export type Expected = 'allowed' | 'no_scope' | 'no_policy' | 'not_found';

/** Who operates the stage oversees it and decides on what waits for a person, and nobody else does. */
const forOperatorsAlone = [
  'getOverview',
  'resolveBreak',
  'resolveParked',
  'listDeadLetters',
  'getDeadLetter',
  'redriveDeadLetter',
  'discardDeadLetter',
  'approveOperatorAct',
];

/** Who operates the stage moves no money, has nobody told of it, sees and erases no customer, and approves nothing by a key. */
const notForOperators = [
  'createPayment',
  'capturePayment',
  'cancelPayment',
  'refundPayment',
  'approveRefund',
  'createPayout',
  'createConversion',
  'createWebhookEndpoint',
  'getPaymentCustomer',
  'eraseCustomer',
  // Who signs in does it, and none of the matrix' keys does.
  'approveOperatorAct',
];

/** Who can ask for it approves none of it: none of the matrix' keys signs in. */
const notForThoseWho: Readonly<Record<string, string>> = {
  approveRefund: 'refunds:write',
};

/** What operators see, or change, of a merchant's. All else of a merchant's is not there for them. */
const operatorsReach = [
  'getBreak',
  'resolveBreak',
  'resolveParked',
  'getDeadLetter',
  'redriveDeadLetter',
  'discardDeadLetter',
];

/** The endpoints that a table of contracts alone would be wrong about. */
export const exceptions = [
  ...forOperatorsAlone,
  ...notForOperators,
  ...operatorsReach,
  ...Object.keys(notForThoseWho),
];

/** In other words than the code's, to be held against it. */
function has(grant: string, scope: string): boolean {
  const [kind = '', what = ''] = scope.split(':');
  return ['*', `${kind}:*`, `${kind}:${what}`].includes(grant);
}

/** What an endpoint's contract, and the exceptions above, come to. */
export function expectedOf(
  { name, access }: AnyEndpoint,
  { tenant, grants }: { readonly tenant: string; readonly grants: readonly string[] },
  whose: Whose,
): Expected {
  const isOperator = tenant === operationsTenant;
  if (access === null || !grants.some((grant) => has(grant, access.scope))) {
    return 'no_scope';
  }
  if ((isOperator ? notForOperators : forOperatorsAlone).includes(name)) {
    return 'no_policy';
  }
  const conflicting = notForThoseWho[name];
  if (conflicting !== undefined && grants.some((grant) => has(grant, conflicting))) {
    return 'no_policy';
  }
  const isReached = isOperator && whose === 'foreign' && operatorsReach.includes(name);
  return whose === 'own' || whose === 'none' || isReached ? 'allowed' : 'not_found';
}
