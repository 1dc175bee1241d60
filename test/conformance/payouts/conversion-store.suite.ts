import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Conversion,
  conversionId,
  conversionPostingsOf,
  makeConversion,
} from '../../../shared/domain/conversion.ts';
import { money } from '../../../shared/domain/money/money.ts';
import { madeAvailable } from '../../support/payouts.ts';
import { aTenant, nextStamp, type PayoutAdapter } from './adapter.ts';

const rates = { date: '2026-11-20', base: 'EUR', rates: { USD: '1.1590' } } as const;

function aConversion(tenant: string, key = 'k', amountMinor = 9_710): Conversion {
  return makeConversion(
    {
      id: conversionId(tenant, key),
      tenant,
      requestHash: 'hash',
      sold: money(amountMinor, 'EUR'),
      to: 'USD',
    },
    rates,
    nextStamp().time,
  );
}

/** What every adapter of the store of conversions has to do. */
export function conversionStoreConformance(kind: string, open: () => Promise<PayoutAdapter>): void {
  describe(`the store of conversions on ${kind}`, () => {
    let adapter: PayoutAdapter;
    beforeAll(async () => {
      adapter = await open();
    });
    afterAll(() => adapter.close());

    const aFunded = async (availableMinor: number) => {
      const tenant = aTenant();
      await adapter.write([madeAvailable(availableMinor, { tenant })]);
      return tenant;
    };
    const available = async (tenant: string) =>
      Promise.all(
        (['EUR', 'USD'] as const).map(async (currency) =>
          Number(
            (await adapter.readLimited(tenant, currency, 'merchant_available')).availableMinor,
          ),
        ),
      );

    it('writes a conversion with both of its transfers', async () => {
      const tenant = await aFunded(10_000);
      const conversion = aConversion(tenant);
      expect(await adapter.conversions.write(conversion)).toEqual({ kind: 'written' });
      expect(JSON.stringify(await adapter.conversions.load(conversion.id))).toBe(
        JSON.stringify(conversion),
      );
      const [sold, bought] = conversionPostingsOf(conversion);
      expect((await adapter.transfers(tenant, 'EUR'))[0]).toEqual(sold);
      expect(await adapter.transfers(tenant, 'USD')).toEqual([bought]);
      expect(await available(tenant)).toEqual([290, 11_253]);
    });

    it('knows nothing of one that was never written', async () => {
      expect(await adapter.conversions.load(conversionId('nobody', 'k'))).toBeNull();
    });

    it('shows who writes it again what is there, whatever is available by then', async () => {
      const tenant = await aFunded(9_710);
      const first = aConversion(tenant);
      await adapter.conversions.write(first);
      expect(await adapter.conversions.write(aConversion(tenant, 'k', 1))).toEqual({
        kind: 'exists',
        conversion: first,
      });
      expect(await adapter.conversions.write(aConversion(tenant))).toEqual({
        kind: 'exists',
        conversion: first,
      });
      expect(await available(tenant)).toEqual([0, 11_253]);
    });

    it('writes nothing when too little is available', async () => {
      const tenant = await aFunded(9_709);
      const conversion = aConversion(tenant);
      expect(await adapter.conversions.write(conversion)).toEqual({ kind: 'insufficient_funds' });
      expect(await adapter.conversions.load(conversion.id)).toBeNull();
      expect(await available(tenant)).toEqual([9_709, 0]);
    });

    it('writes one of ten at once under one key', async () => {
      const tenant = await aFunded(9_710);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => adapter.conversions.write(aConversion(tenant))),
      );
      expect(answers.map(({ kind }) => kind).sort()).toEqual([
        ...Array(9).fill('exists'),
        'written',
      ]);
      expect(await available(tenant)).toEqual([0, 11_253]);
    });

    it('never sells more than is available, however many race, and none fails for the others', async () => {
      const tenant = await aFunded(3 * 9_710);
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          adapter.conversions.write(aConversion(tenant, `k${index}`)),
        ),
      );
      expect(answers.map(({ kind }) => kind).sort()).toEqual([
        ...Array(5).fill('insufficient_funds'),
        ...Array(3).fill('written'),
      ]);
      expect(await available(tenant)).toEqual([0, 3 * 11_253]);
    });
  });
}
