import { describe, expect, it } from 'vitest';
import { tables } from '../../../infra/tables.ts';
import { keptItems } from './kept-items.ts';
import { keptAs, misKept } from './retention.ts';

/** Keys of a kind, with something in each place. */
function sampleOf(keys: string): [pk: string, sk: string] {
  const [pk = '', sk = ''] = keys.replace('?G*#', 'G2#').replaceAll('*', 'x').split(' / ');
  return [pk, sk];
}

describe('what is kept', () => {
  it('is decided for something of every table', () => {
    const decided = new Set(keptItems.map(({ table }) => table));
    expect([...decided].sort()).toEqual([...Object.keys(tables), 'simulator'].sort());
  });

  it.each(keptItems.map((item) => [item.table, item.keys, item] as const))(
    'is found by its keys alone: %s %s',
    (table, keys, item) => {
      expect(keptAs(table, ...sampleOf(keys))).toBe(item);
    },
  );

  it('is told from what is in another table, and from what nobody decided about', () => {
    expect(keptAs('payments', 'PAYMENT#p', 'STATE')?.what).toBe('a payment');
    expect(keptAs('ledger', 'PAYMENT#p', 'STATE')).toBeNull();
    expect(keptAs('payments', 'PAYMENT#p', 'NAME')).toBeNull();
    expect(keptAs('payments', 'XPAYMENT#p', 'STATE')).toBeNull();
    expect(keptAs('settlements', 'SETTLED#p', 'WAITING')?.what).toContain('such lines');
  });

  it('is of a generation, or of the first, which has none in its keys', () => {
    const list = keptAs('payment_list', 'TENANT#acme', 'x');
    expect(list?.what).toBe('a payment in the list');
    expect(keptAs('payment_list', 'G12#TENANT#acme', 'x')).toBe(list);
    expect(keptAs('payment_list', 'G#TENANT#acme', 'x')).toBeNull();
  });

  it('has an expires_at where it expires, and nowhere else', () => {
    const delivery = { pk: 'DELIVERIES#acme#e', sk: 'd' };
    expect(misKept('webhooks', { ...delivery, expires: true })).toBeNull();
    expect(misKept('webhooks', { ...delivery, expires: false })).toContain('has no expires_at');
    const event = { pk: 'PAYMENT#p', sk: 'EVENT#00000001' };
    expect(misKept('payments', { ...event, expires: false })).toBeNull();
    expect(misKept('payments', { ...event, expires: true })).toContain('has an expires_at');
    expect(misKept('payments', { pk: 'a', sk: 'b', expires: false })).toContain('of no kind');
  });
});
