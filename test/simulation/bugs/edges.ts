import { type PlantedBug, republishAsleep } from './bug.ts';

/** Mistakes at the asynchronous edges: what comes twice, late, in part, or not at all. */
export const edgeBugs: readonly PlantedBug[] = [
  {
    name: 'relay-ignores-refused-entries',
    says: 'the relay takes every call for published, whatever the bus says of its entries',
    file: 'functions/payments/relay/relay.ts',
    find: 'if (failed >= 0) {',
    replace: 'if (failed >= 99) {',
    asleep: republishAsleep,
  },
  {
    name: 'ack-before-effect',
    says: 'a message is acknowledged though what it asks for was not done',
    file: 'shared/runtime/consumers/queue-consumer.ts',
    find: '      if (!final) {\n        return false;\n      }',
    replace: '      if (!final) {\n        return true;\n      }',
    asleep: republishAsleep,
  },
  {
    name: 'skip-the-inbox',
    says: 'a consumer takes an event that is older than what it has',
    file: 'shared/adapters/memory/payments/payment-list.ts',
    find: 'if (row && row.payment.version >= payment.version) {',
    replace: 'if (row && row.payment.version === payment.version) {',
  },
  {
    name: 'totals-count-twice',
    says: 'the totals of days do not look whether they have had an event before',
    file: 'shared/adapters/memory/projections/daily-totals.ts',
    find: 'if (!result.fresh) {',
    replace: 'if (result.taken === undefined) {',
  },
  {
    name: 'replay-goes-outside',
    says: 'a merchant is told again of each event that is replayed',
    file: 'shared/runtime/consumers/event-consumer.ts',
    find: 'if (trigger.outside && isFenced(replay)) {',
    replace: "if (trigger.outside && replay?.name === '') {",
  },
  {
    name: 'fold-takes-twice',
    says: 'the fold does not look whether it has had a record before',
    file: 'shared/domain/ledger/fold/sequence.ts',
    find: 'taken === null || position > taken',
    replace: 'taken === null || position !== taken',
  },
  {
    name: 'sweeper-asleep',
    says: 'nobody begins anew what died with its machine',
    file: 'shared/domain/payment/recovery/sweep.ts',
    find: "{ kind: 'saga', at: after(progress.since, underWayMs) }",
    replace: 'null',
  },
];
