import fc from 'fast-check';
import { memoryAudit } from '../../../shared/adapters/memory/audit.ts';
import { memoryConversionStore } from '../../../shared/adapters/memory/payments/conversion-store.ts';
import { conversionId, makeConversion } from '../../../shared/domain/conversion.ts';
import { money } from '../../../shared/domain/money/money.ts';
import { type Command, sequence } from '../../lifecycle/commands.ts';
import { lifecycleWorld, type NextCustomer } from '../../lifecycle/world.ts';
import { timeAt } from '../../support/ledger/transfers.ts';

const rates = { date: '2026-01-01', base: 'EUR', rates: { USD: '1.1590' } } as const;

/** What happens to payments and payouts, and where among it available money is converted. */
export const historyArbitrary = fc.record({
  commands: sequence,
  conversions: fc.array(fc.nat(29), { maxLength: 3 }),
});

export type History = typeof historyArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** The pipeline in memory, with what an audit of it reads. */
export function auditedWorld(customer?: NextCustomer) {
  const world = lifecycleWorld(customer);
  const conversions = memoryConversionStore(world.ledger);
  let converted = 0;
  return {
    ...world,
    sources: memoryAudit({ ...world, conversions }),
    convert: async () => {
      const { availableMinor } = await world.ledger.readLimited(
        world.tenant,
        'EUR',
        'merchant_available',
      );
      if (availableMinor < 100n) {
        return;
      }
      const command = {
        id: conversionId(world.tenant, `conversion ${++converted}`),
        tenant: world.tenant,
        requestHash: 'hash',
        sold: money(100, 'EUR'),
        to: 'USD' as const,
      };
      await conversions.write(makeConversion(command, rates, timeAt(converted)));
    },
  };
}

export type AuditedWorld = ReturnType<typeof auditedWorld>;

/** What happens in a history, one after the other. */
export function happenings(
  world: AuditedWorld,
  { commands, conversions }: History,
): (() => Promise<unknown>)[] {
  return commands.flatMap((command: Command, index) => [
    () => world.carryOut(command),
    ...(conversions.includes(index) ? [world.convert] : []),
  ]);
}

/** When all of it is long over: no transfer is too young to be in a book. */
export const longAfter = '2027-01-01T00:00:00.000Z';

export const neverOutOfTime = () => false;
