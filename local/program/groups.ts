import type { Entry } from './entry.ts';

/** Everything that `paysaga` can do, by its name. */
export const groups: Readonly<Record<string, Entry>> = {
  start: {
    section: 'stack',
    summary: 'the local stack and a demo payment, until Ctrl-C',
    load: async () => (await import('../commands/stack/group.ts')).start,
  },
  up: {
    section: 'stack',
    summary: 'the local stack, in the background',
    load: async () => (await import('../commands/stack/group.ts')).up,
  },
  down: {
    section: 'stack',
    summary: 'ends it',
    load: async () => (await import('../commands/stack/group.ts')).down,
  },
  doctor: {
    section: 'stack',
    summary: 'what this machine has, what is up, and what to do',
    load: async () => (await import('../commands/doctor/group.ts')).doctor,
  },
  fault: {
    section: 'stack',
    summary: 'ends a function’s process at a point of its work',
    load: async () => (await import('../commands/stack/group.ts')).fault,
  },
  pay: {
    section: 'payments',
    summary: 'takes a payment',
    load: async () => (await import('../commands/pay/group.ts')).pay,
  },
  capture: {
    section: 'payments',
    summary: 'captures an authorized payment, or a part of it',
    load: async () => (await import('../commands/pay/group.ts')).capture,
  },
  cancel: {
    section: 'payments',
    summary: 'cancels an authorized payment',
    load: async () => (await import('../commands/pay/group.ts')).cancel,
  },
  refund: {
    section: 'payments',
    summary: 'gives a captured payment back, or a part of it',
    load: async () => (await import('../commands/pay/group.ts')).refund,
  },
  payments: {
    section: 'payments',
    summary: 'lists and watches payments; one of them by all who know of it',
    load: async () => (await import('../commands/payments/group.ts')).payments,
  },
  webhooks: {
    section: 'payments',
    summary: 'where webhooks go, and what became of them',
    load: async () => (await import('../commands/webhooks/group.ts')).webhooks,
  },
  dlq: {
    section: 'operations',
    summary: 'dead letters: see them, do them again, take them away',
    load: async () => (await import('../commands/dlq/group.ts')).dlq,
  },
  parked: {
    section: 'operations',
    summary: 'what waits for a person',
    load: async () => (await import('../commands/parked/group.ts')).parked,
  },
  reconcile: {
    section: 'operations',
    summary: 'settlement files against the ledger',
    load: async () => (await import('../commands/reconcile.ts')).reconcile,
  },
  ledger: {
    section: 'operations',
    summary: 'accounts, statements, and the audit of all of it',
    load: async () => (await import('../commands/ledger/group.ts')).ledger,
  },
  replay: {
    section: 'operations',
    summary: 'events to a consumer once more: what it would come to, or in earnest',
    load: async () => (await import('../commands/replay/group.ts')).replay,
  },
  projections: {
    section: 'operations',
    summary: 'read models: their generations, and one made anew',
    load: async () => (await import('../commands/projections/group.ts')).projections,
  },
  keys: {
    section: 'access',
    summary: 'API keys, and who they are made for',
    load: async () => (await import('../commands/keys/group.ts')).keys,
  },
  policy: {
    section: 'access',
    summary: 'what the policies say; a set made live',
    load: async () => (await import('../commands/policy/group.ts')).policy,
  },
  acts: {
    section: 'access',
    summary: 'who did what that takes a right to it, as a hash chain',
    load: async () => (await import('../commands/acts/group.ts')).acts,
  },
  simulate: {
    section: 'proof',
    summary: 'the pipeline in virtual time, with all that can go wrong',
    load: async () => (await import('../commands/simulate.ts')).simulate,
  },
  chaos: {
    section: 'proof',
    summary: 'the stacks under faults, held against the invariants',
    load: async () => (await import('../commands/chaos.ts')).chaos,
  },
  fuzz: {
    section: 'proof',
    summary: 'requests of every endpoint, right ones and noise',
    load: async () => (await import('../commands/fuzz.ts')).fuzz,
  },
  cost: {
    section: 'proof',
    summary: 'what a payment takes of AWS, counted, and what that costs',
    load: async () => (await import('../commands/cost/group.ts')).cost,
  },
  capacity: {
    section: 'proof',
    summary: 'how many payments a second the quotas are enough for',
    load: async () => (await import('../commands/capacity/group.ts')).capacity,
  },
  bench: {
    section: 'proof',
    summary: 'sizes, init times and the handler’s own time',
    load: async () => (await import('../commands/repository/group.ts')).bench,
  },
  test: {
    section: 'proof',
    summary: 'every check, against a LocalStack of its own',
    load: async () => (await import('../commands/repository/group.ts')).test,
  },
  deploy: {
    section: 'repository',
    summary: 'the stacks into the account of your credentials',
    load: async () => (await import('../commands/deploy-aws.ts')).deploy,
  },
  contracts: {
    section: 'repository',
    summary: 'the contracts against those that are released',
    load: async () => (await import('../commands/contracts/group.ts')).contracts,
  },
  screenshots: {
    section: 'repository',
    summary: 'the pictures of the console in the docs',
    load: async () => (await import('../commands/repository/group.ts')).screenshots,
  },
  docs: {
    section: 'repository',
    summary: 'the parts of the docs that are made from the code',
    load: async () => (await import('../commands/repository/group.ts')).docs(groups),
  },
};
