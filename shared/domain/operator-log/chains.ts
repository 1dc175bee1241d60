import type { OperatorAct, OperatorAction } from '../../ports/operator-log.ts';

/**
 * The chains of the log: `LOG` of those who run the pipeline, and one of each merchant, so that however
 * much a merchant does, nobody else has to wait behind it.
 */
export type ChainName = typeof operatorsChain | `${typeof ofTenant}${string}`;

export const operatorsChain = 'LOG';

const ofTenant = 'TENANT#';

/** What merchants do by themselves, each with its tenant in the details. */
const merchantsActions: ReadonlySet<OperatorAction> = new Set([
  'approval.create',
  'customer.erase',
  'payout.create',
  'webhook.create',
  'webhook.delete',
  'webhook.disable',
  'webhook.resend',
  'webhook.rotate',
  'webhook.update',
]);

/** Where an act goes. Its action and its tenant are in its hash, so it is of no other chain. */
export function chainOf({ action, details }: Pick<OperatorAct, 'action' | 'details'>): ChainName {
  const { tenant } = details;
  return merchantsActions.has(action) && tenant ? chainOfTenant(tenant) : operatorsChain;
}

export function chainOfTenant(tenant: string): ChainName {
  return `${ofTenant}${tenant.toWellFormed()}`;
}

/** Null: it is that of the operators. */
export function tenantOf(chain: ChainName): string | null {
  return chain === operatorsChain ? null : chain.slice(ofTenant.length);
}
