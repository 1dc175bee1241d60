import type { PlantedBug } from './bug.ts';
import { edgeBugs } from './edges.ts';
import { pspBugs } from './psp.ts';

/** Each is switched on alone, in a bundle of its own; the simulation has to find every one. */
export const bugs: readonly PlantedBug[] = [
  ...pspBugs,
  ...edgeBugs,
  {
    name: 'drop-version-condition',
    says: 'a change is written whatever version the payment is at',
    file: 'shared/adapters/memory/payments/payment-store.ts',
    find: 'if (states.get(after.id)?.version !== after.version - 1) {',
    replace: 'if (!states.has(after.id)) {',
  },
  {
    name: 'event-without-its-change',
    says: 'the event goes out before its change is written, and stays when that is refused',
    file: 'shared/adapters/memory/payments/payment-store.ts',
    find: 'if (states.get(after.id)?.version !== after.version - 1) {',
    replace:
      'if (states.get(after.id)?.version !== after.version - 1) { allEvents.push(structuredClone(event));',
  },
  {
    name: 'change-without-its-transfers',
    says: 'the ledger is not part of the transaction',
    file: 'shared/adapters/memory/payments/payment-store.ts',
    find: 'ledger.write(structuredClone(added))',
    replace: 'ledger.write([])',
  },
  {
    name: 'reference-taken-twice',
    says: 'two payments of a tenant may have one merchant reference',
    file: 'shared/adapters/memory/payments/payment-store.ts',
    find: 'if (taken !== undefined) {',
    replace: 'if (taken === null) {',
  },
  {
    name: 'key-without-its-body',
    says: 'a key with another body gets the first answer, as if that had been asked for',
    file: 'functions/payments/submit/submit.ts',
    find: 'refuseAnotherPayment({ request: taken, requestHash: request_hash }, accepted);',
    replace: '',
  },
  {
    name: 'payout-without-its-record',
    says: 'a payout that is not there yet is not put on record',
    file: 'functions/payouts/api/create.ts',
    find: 'if ((await deps.load(id)) === null) {',
    replace: 'if ((await deps.load(id)) !== null) {',
  },
  {
    name: 'operation-asked-for-twice',
    says: 'a repeated request on a payment is taken for a new one',
    file: 'functions/payments/request-operation/request-operation.ts',
    find: 'const id = requestedId(paymentId, requests[kind].route, key);',
    replace:
      'const id = requestedId(paymentId, requests[kind].route, key + deps.nextStamp().eventId);',
  },
  {
    name: 'open-refunds-ignored',
    says: 'what other refunds have asked for already can be refunded again',
    file: 'shared/domain/payment/operations/operation.ts',
    find: "sumMinor(underWay(payment, 'refund')) -",
    replace: '',
  },
  {
    name: 'nothing-held-for-the-rest',
    says: 'a capture of a part holds nothing anew for what it leaves',
    file: 'shared/domain/ledger/postings.ts',
    find: '...(final || leftMinor === 0',
    replace: '...(final || leftMinor >= 0',
  },
  {
    name: 'foreign-payment-readable',
    says: 'whoever knows the id of a payment may read it',
    file: 'shared/runtime/http/lists/history.ts',
    find: 'if (present?.tenant !== tenant) {',
    replace: 'if (!present) {',
  },
  {
    name: 'card-number-kept',
    says: 'what looks like a card number is taken like anything else',
    file: 'shared/runtime/http/body.ts',
    find: 'findCardData(',
    replace: '((_: unknown): string[] => [])(',
  },
];
