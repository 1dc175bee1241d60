import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Charge,
  OperationRecord,
  SimulatorStore,
} from '../../shared/ports/simulator-store.ts';

export interface OpenSimulatorStore {
  readonly store: SimulatorStore;
  readonly close: () => Promise<void>;
}

function aCharge(part: Partial<Charge> = {}): Charge {
  return {
    id: `ch_${randomUUID()}`,
    reference: randomUUID(),
    paymentMethod: 'tok_approve',
    currency: 'EUR',
    authorizedMinor: 10_000,
    capturedMinor: 0,
    voidedMinor: 0,
    refundedMinor: 0,
    version: 1,
    ...part,
  };
}

/** A record that authorizes a charge, under an operation of its own unless told otherwise. */
function aRecord(charge: Charge | null, part: Partial<OperationRecord> = {}): OperationRecord {
  return {
    operationId: randomUUID(),
    answer: { status: 200, body: '{"b":1,"a":2}', outcome: 'authorized', request: 'asked' },
    changed: charge && {
      charge,
      effect: { id: randomUUID(), operation: 'charge', amountMinor: charge.authorizedMinor },
    },
    ...part,
  };
}

/** What every store of the PSP simulator has to do. */
export function simulatorStoreConformance(kind: string, open: () => Promise<OpenSimulatorStore>) {
  describe(`the simulator's store on ${kind}`, () => {
    let opened: OpenSimulatorStore;
    let store: SimulatorStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());

    it('knows nothing of what was not written', async () => {
      expect(await store.answerTo('nobody')).toBeNull();
      expect(await store.charge('nobody')).toBeNull();
      expect(await store.effects('nobody')).toBe(0);
      expect(await store.chargesOf('nobody')).toEqual([]);
    });

    it('gives back the answer by the byte, the charge, and one effect', async () => {
      const charge = aCharge();
      const record = aRecord(charge);
      expect(await store.write(record)).toBe('written');
      expect(await store.answerTo(record.operationId)).toEqual(record.answer);
      expect(await store.charge(charge.id)).toEqual(charge);
      expect(await store.effects(record.operationId)).toBe(1);
      expect(await store.chargesOf(charge.reference)).toEqual([charge]);
    });

    it('writes an answer without an effect', async () => {
      const record = aRecord(null);
      expect(await store.write(record)).toBe('written');
      expect(await store.answerTo(record.operationId)).toEqual(record.answer);
      expect(await store.effects(record.operationId)).toBe(0);
    });

    it('writes nothing of a record when its operation has an answer', async () => {
      const first = aRecord(aCharge());
      await store.write(first);
      const second = aCharge();
      expect(await store.write(aRecord(second, { operationId: first.operationId }))).toBe(
        'conflict',
      );
      expect(await store.charge(second.id)).toBeNull();
      expect(await store.chargesOf(second.reference)).toEqual([]);
      expect(await store.effects(first.operationId)).toBe(1);
    });

    it('writes nothing of a record when its charge has moved on, or is there already', async () => {
      const charge = aCharge();
      await store.write(aRecord(charge));
      const captured = { ...charge, capturedMinor: 6_000, version: 2 };
      expect(await store.write(aRecord(captured))).toBe('written');
      const late = aRecord({ ...charge, capturedMinor: 4_000, version: 2 });
      expect(await store.write(late)).toBe('conflict');
      expect(await store.write(aRecord(charge))).toBe('conflict');
      expect(await store.charge(charge.id)).toEqual(captured);
      expect(await store.answerTo(late.operationId)).toBeNull();
      expect(await store.effects(late.operationId)).toBe(0);
    });

    it('has one winner when ten write one operation at once', async () => {
      const operationId = randomUUID();
      const results = await Promise.all(
        Array.from({ length: 10 }, () => store.write(aRecord(aCharge(), { operationId }))),
      );
      expect(results.filter((result) => result === 'written')).toHaveLength(1);
      expect(await store.effects(operationId)).toBe(1);
    });

    it('has one winner when ten operations change one charge at once', async () => {
      const charge = aCharge();
      await store.write(aRecord(charge));
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store.write(aRecord({ ...charge, capturedMinor: index + 1, version: 2 })),
        ),
      );
      expect(results.filter((result) => result === 'written')).toHaveLength(1);
    });

    it('takes fifty charges at once without a conflict', async () => {
      const charges = Array.from({ length: 50 }, () => aCharge());
      const results = await Promise.all(charges.map((charge) => store.write(aRecord(charge))));
      expect(new Set(results)).toEqual(new Set(['written']));
      const ids = new Set<string>();
      for await (const { id } of store.allCharges()) {
        ids.add(id);
      }
      expect(charges.filter(({ id }) => !ids.has(id))).toEqual([]);
    });

    it('finds each charge of a reference', async () => {
      const reference = randomUUID();
      const charges = [aCharge({ reference }), aCharge({ reference })];
      for (const charge of charges) {
        await store.write(aRecord(charge));
      }
      const byId = (a: Charge, b: Charge) => (a.id < b.id ? -1 : 1);
      expect([...(await store.chargesOf(reference))].sort(byId)).toEqual(charges.sort(byId));
    });

    it('counts calls, each once', async () => {
      const operationId = randomUUID();
      const counts = await Promise.all(
        Array.from({ length: 10 }, () => store.countCall(operationId)),
      );
      expect(counts.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(await store.answerTo(operationId)).toBeNull();
      expect(await store.effects(operationId)).toBe(0);
    });
  });
}
