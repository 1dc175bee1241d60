import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatorStore } from '../../../shared/ports/simulator-store.ts';
import {
  aCharge,
  aDispute,
  aPayout,
  aPayoutRecord,
  aRecord,
  aRecordAbout,
  type OpenSimulatorStores,
} from './records.ts';

const byId = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);

/** What every store of the simulator's operations has to do. */
export function simulatorOperationsConformance(
  kind: string,
  open: () => Promise<OpenSimulatorStores>,
) {
  describe(`the simulator's operations on ${kind}`, () => {
    let opened: OpenSimulatorStores;
    let store: SimulatorStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());

    it('knows nothing of what was not written', async () => {
      expect(await store.answerTo('nobody')).toBeNull();
      expect(await store.charge('nobody')).toBeNull();
      expect(await store.chargeOfDispute('nobody')).toBeNull();
      expect(await store.payout('nobody')).toBeNull();
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

    it('gives back the notices that go with an answer', async () => {
      const { answer } = aRecord(null);
      const notice = {
        id: 'po_1.paid',
        provider: 'simulator',
        time: '2026-01-01T00:00:00.000Z',
        type: 'payout.paid',
        data: {
          reference: randomUUID(),
          bank_reference: 'po_1',
          amount: 1,
          currency: 'EUR',
          failure: null,
        },
      } as const;
      const notices = [
        { notice, delaySeconds: 0 },
        { notice, delaySeconds: 20 },
      ];
      const record = aRecord(null, { answer: { ...answer, notices } });
      await store.write(record);
      expect(await store.answerTo(record.operationId)).toEqual(record.answer);
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

    it('finds a charge by each of its disputes, as it is now', async () => {
      const charge = aCharge();
      const [first, second] = [aDispute(), aDispute()];
      await store.write(aRecord(charge));
      const disputed = { ...charge, disputes: [first], version: 2 };
      await store.write(aRecord(disputed));
      expect(await store.chargeOfDispute(first.id)).toEqual(disputed);
      const again = { ...disputed, disputes: [{ ...first, status: 'lost' as const }, second] };
      await store.write(aRecord({ ...again, version: 3 }));
      for (const { id } of [first, second]) {
        expect(await store.chargeOfDispute(id)).toEqual({ ...again, version: 3 });
      }
    });

    it('moves a payout from version to version, and no two at once', async () => {
      const payout = aPayout();
      const record = aPayoutRecord(payout);
      expect(await store.write(record)).toBe('written');
      expect(await store.payout(payout.id)).toEqual(payout);
      expect(await store.effects(record.operationId)).toBe(1);
      const results = await Promise.all(
        (['paid', 'failed'] as const).map((status) =>
          store.write(aPayoutRecord({ ...payout, status, version: 2 })),
        ),
      );
      expect(results.toSorted()).toEqual(['conflict', 'written']);
      expect(await store.write(aPayoutRecord(payout))).toBe('conflict');
      expect((await store.payout(payout.id))?.version).toBe(2);
    });

    it('lists each payout once, and no charge among them', async () => {
      const payouts = Array.from({ length: 20 }, () => aPayout());
      await Promise.all(payouts.map((payout) => store.write(aPayoutRecord(payout))));
      const found = new Map<string, number>();
      for await (const { id } of store.allPayouts()) {
        found.set(id, (found.get(id) ?? 0) + 1);
      }
      expect(payouts.map(({ id }) => found.get(id))).toEqual(payouts.map(() => 1));
      expect([...found.keys()].filter((id) => !id.startsWith('po_'))).toEqual([]);
    });

    it('finds each charge of a reference', async () => {
      const reference = randomUUID();
      const charges = [aCharge({ reference }), aCharge({ reference })];
      for (const charge of charges) {
        await store.write(aRecord(charge));
      }
      expect([...(await store.chargesOf(reference))].sort(byId)).toEqual(charges.sort(byId));
    });

    it('finds each operation about a reference that has an answer, also one without an effect', async () => {
      const reference = randomUUID();
      const charge = aCharge({ reference });
      const made = aRecordAbout({ reference, type: 'charge', chargeId: null }, charge);
      const declined = aRecordAbout({ reference, type: 'refund', chargeId: charge.id }, null);
      for (const record of [made, declined, aRecord(aCharge({ reference })), aRecord(null)]) {
        await store.write(record);
      }
      await store.write(aRecordAbout({ reference: `${reference}0`, type: 'charge' }, null));
      expect((await store.operationsOf(reference)).toSorted(byId)).toEqual(
        [made, declined].map(({ operationId: id, answer }) => ({ id, answer })).toSorted(byId),
      );
      expect(await store.effects(declined.operationId)).toBe(0);
    });

    it('finds no operation that was refused, and the first of ten that are one', async () => {
      const reference = randomUUID();
      const operationId = randomUUID();
      await Promise.all(
        Array.from({ length: 10 }, () =>
          store.write({ ...aRecordAbout({ reference, type: 'charge' }, aCharge()), operationId }),
        ),
      );
      const charge = aCharge();
      await store.write(aRecord(charge));
      await store.write(aRecordAbout({ reference, type: 'charge' }, charge));
      const answer = await store.answerTo(operationId);
      expect(await store.operationsOf(reference)).toEqual([{ id: operationId, answer }]);
    });

    it('keeps the books of another PSP apart, also of the same ids', async () => {
      const { store: other } = opened.other;
      const charge = aCharge({ disputes: [aDispute()] });
      const about = { reference: charge.reference, type: 'charge', chargeId: null } as const;
      const record = aRecordAbout(about, charge);
      const payout = aPayout();
      await store.write(record);
      await store.write(aPayoutRecord(payout));
      await store.countCall(record.operationId);
      expect([
        await other.answerTo(record.operationId),
        await other.charge(charge.id),
        await other.chargeOfDispute(charge.disputes[0]?.id ?? ''),
        await other.payout(payout.id),
        await other.effects(record.operationId),
        await other.chargesOf(charge.reference),
        await other.operationsOf(charge.reference),
      ]).toEqual([null, null, null, null, 0, [], []]);
      expect(await other.countCall(record.operationId)).toBe(1);
      const theirs = { ...charge, authorizedMinor: 1 };
      expect(
        await other.write({ ...aRecordAbout(about, theirs), operationId: record.operationId }),
      ).toBe('written');
      expect(await store.charge(charge.id)).toEqual(charge);
      const minorOf = async (psp: SimulatorStore) => {
        const found: number[] = [];
        for await (const { id, authorizedMinor } of psp.allCharges()) {
          found.push(...(id === charge.id ? [authorizedMinor] : []));
        }
        return found;
      };
      expect(await minorOf(store)).toEqual([10_000]);
      expect(await minorOf(other)).toEqual([1]);
      for await (const { id } of other.allPayouts()) {
        expect(id).not.toBe(payout.id);
      }
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
