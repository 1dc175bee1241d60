import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryPersonalData } from '../../shared/adapters/memory/personal-data.ts';
import { BoxDoesNotOpen } from '../../shared/adapters/personal-data/box.ts';
import { auditLedger } from '../../shared/domain/audit/audit.ts';
import { foldPayment } from '../../shared/domain/payment/fold.ts';
import {
  auditedWorld,
  happenings,
  historyArbitrary,
  longAfter,
  neverOutOfTime,
} from '../audit/world/history.ts';
import { eraseNow } from '../support/erase-customer.ts';

const customers = ['c-0', 'c-1', 'c-2'] as const;
const erased = { tenant: 'acme', id: 'c-0' };
const at = '2026-06-01T00:00:00.000Z';
const personOf = (id: string) => ({ name: `Name of ${id}`, email: `mail.of.${id}@shop.example` });

/** The pipeline, each of whose payments is by one of three customers, who are sealed. */
function customersWorld() {
  const vault = memoryPersonalData();
  let paid = 0;
  const world = auditedWorld(async () => {
    const id = customers[paid++ % customers.length] ?? 'c-0';
    return { id, personal_data: await vault.seal({ tenant: 'acme', id }, personOf(id)) };
  });
  return { vault, world };
}

type World = ReturnType<typeof customersWorld>;

/** The payments with what of their customers is sealed. */
async function sealedIn({ world }: World) {
  const payments = await Promise.all(world.paymentIds.map((id) => world.payments.load(id)));
  return payments.flatMap((payment) => {
    const customer = payment?.request.customer;
    return customer?.personal_data ? [{ id: customer.id, sealed: customer.personal_data }] : [];
  });
}

async function stateOf({ world }: World) {
  const all = await Promise.all(
    world.paymentIds.map(async (id) => ({
      state: await world.payments.load(id),
      events: await world.payments.events(id),
    })),
  );
  return structuredClone(all);
}

describe('the erasure of a customer, wherever in a history it comes', () => {
  it('changes no payment, no event and no book, and opens nothing to anybody', async () => {
    const seen = { erased: 0, kept: 0, after: 0 };
    await fc.assert(
      fc.asyncProperty(
        historyArbitrary,
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (...given) => {
          const [history, share] = given;
          const stage = customersWorld();
          const { vault, world } = stage;
          const all = happenings(world, history);
          const until = Math.ceil(all.length * share);
          for (const happen of all.slice(0, until)) {
            await happen();
          }
          const before = await stateOf(stage);
          const old = new Set((await sealedIn(stage)).map(({ sealed }) => sealed.box));
          await eraseNow(vault, erased, at);
          expect(await stateOf(stage)).toEqual(before);

          for (const happen of all.slice(until)) {
            await happen();
          }
          await world.foldAll();
          const { found } = await auditLedger(world.sources, {
            started: longAfter,
            isOutOfTime: neverOutOfTime,
          });
          expect(found.listed).toEqual([]);
          for (const { state, events } of await stateOf(stage)) {
            expect(foldPayment(events)).toEqual(state);
          }

          // Whatever keys there are now: those of others, and a new one of the same customer.
          const fresh = await vault.seal(erased, personOf(erased.id));
          const keys = [
            fresh.key_id,
            ...(await sealedIn(stage)).map(({ sealed }) => sealed.key_id),
          ];
          for (const { id, sealed } of await sealedIn(stage)) {
            const whose = { tenant: 'acme', id };
            if (id !== erased.id || !old.has(sealed.box)) {
              expect(await vault.open(whose, sealed)).toEqual(personOf(id));
              seen[id === erased.id ? 'after' : 'kept'] += 1;
              continue;
            }
            seen.erased += 1;
            expect(await vault.open(whose, sealed)).toBe('erased');
            for (const key_id of keys) {
              for (const other of customers) {
                const opened = await vault
                  .open({ tenant: 'acme', id: other }, { ...sealed, key_id })
                  .catch((error: unknown) => error);
                expect(opened === 'erased' || opened instanceof BoxDoesNotOpen).toBe(true);
              }
            }
          }
          const { ledger, payments } = world;
          const kept = JSON.stringify(
            [payments.allEvents, await stateOf(stage), ledger.transfers(), vault.all()],
            (_, value) => (typeof value === 'bigint' ? String(value) : value),
          );
          // The customer's id stays where a payment named it; a short history may have none.
          const isNamed = (await sealedIn(stage)).some(({ id }) => id === erased.id);
          expect(isNamed && !kept.includes(`"${erased.id}"`)).toBe(false);
          expect(/Name of|mail\.of/.test(kept)).toBe(false);
        },
      ),
      { numRuns: 120 },
    );
    // Histories without these would show nothing.
    expect(
      Object.values(seen).every((count) => count > 0),
      JSON.stringify(seen),
    ).toBe(true);
  }, 300_000);
});
