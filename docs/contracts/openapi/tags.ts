import type { AnyEndpoint } from '../names.ts';

/** The contexts that the API shows, with what each is for. */
export const tags = {
  payments: 'Payments, from their acceptance on, and what is asked of them afterwards.',
  customers: 'Who pays, and what of that is personal.',
  payouts: 'What a merchant does with what it has available.',
  ledger: 'What the ledger shows of itself.',
  reports: 'What was, day by day.',
  settlement: 'How what PSPs settle compares with the ledger.',
  operations: 'What a stage does, what waits for a person, and whether the API answers.',
  webhooks: 'Where a tenant’s events are sent, and what became of each.',
  providers: 'What PSPs and banks call.',
} as const;

/** By the first part of a path. */
const tagOfPart: Readonly<Record<string, keyof typeof tags>> = {
  payments: 'payments',
  customers: 'customers',
  payouts: 'payouts',
  conversions: 'payouts',
  ledger: 'ledger',
  reports: 'reports',
  reconciliation: 'settlement',
  operations: 'operations',
  health: 'operations',
  'webhook-endpoints': 'webhooks',
  providers: 'providers',
};

/** The context of an endpoint. @throws Error for a path that is of none yet */
export function tagOf({ path }: AnyEndpoint): keyof typeof tags {
  const tag = tagOfPart[path.split('/')[1] ?? ''];
  if (!tag) {
    throw new Error(`${path} has no context in docs/contracts/openapi/tags.ts`);
  }
  return tag;
}
