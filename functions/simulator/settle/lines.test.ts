import { describe, expect, it } from 'vitest';
import { SettlementLine } from '../../../shared/contracts/settlement/settlement.ts';
import type { SimulatorSettlementBody } from '../../../shared/contracts/simulator/settlements.ts';
import type { SettlementEntry } from '../../../shared/ports/simulator-store.ts';
import { linesOf } from './lines.ts';

function anEntry(index: number, part: Partial<SettlementEntry> = {}): SettlementEntry {
  return {
    id: `effect-${index}`,
    type: 'capture',
    reference: `pay-${index}`,
    operationId: `op-${index}`,
    providerReference: `ch_${index}`,
    grossMinor: 10_000,
    feeMinor: 120,
    currency: 'EUR',
    time: `2026-01-01T00:00:0${index}.000Z`,
    ...part,
  };
}
const entries = [anEntry(3), anEntry(1), anEntry(2)];

function made(faults: SimulatorSettlementBody['faults'], of = entries, currencies?: 'JPY'[]) {
  const asked = { operation_id: 'op-9', faults, ...(currencies ? { currencies } : {}) };
  return linesOf({ number: 7, asked, opened: '2026-01-02T00:00:00.000Z' } as const, of);
}
const operations = (lines: readonly { readonly entry: SettlementEntry }[]) =>
  lines.map(({ entry }) => entry.operationId);

describe('the lines of a settlement file', () => {
  it('are its entries by time, numbered', () => {
    const { lines, faults } = made(undefined);
    expect(lines.map(({ id, entry }) => [id, entry.operationId])).toEqual([
      ['000001', 'op-1'],
      ['000002', 'op-2'],
      ['000003', 'op-3'],
    ]);
    expect(faults).toEqual([]);
  });

  it('are the same whatever the order in which the store has them', () => {
    const sameTime = entries.map((entry) => ({ ...entry, time: '2026-01-01T00:00:00.000Z' }));
    const faults: SimulatorSettlementBody['faults'] = [
      { kind: 'extra_line' },
      { kind: 'missing_line' },
    ];
    expect(made(faults, sameTime)).toEqual(made(faults, sameTime.toReversed()));
  });

  it('lack a missing one, whose number nobody gets', () => {
    const { lines, faults } = made([{ kind: 'missing_line' }]);
    expect(lines.map(({ id }) => id)).toEqual(['000002', '000003']);
    expect(faults).toEqual([{ kind: 'missing_line', line_id: '000001', operation_id: 'op-1' }]);
  });

  it('have a duplicate twice, under two numbers', () => {
    const { lines, faults } = made([{ kind: 'duplicate_line', operation_id: 'op-2' }]);
    expect(lines.map(({ id, entry }) => [id, entry.operationId])).toEqual([
      ['000001', 'op-1'],
      ['000002', 'op-2'],
      ['000003', 'op-3'],
      ['000004', 'op-2'],
    ]);
    expect(lines[3]?.entry).toEqual(lines[1]?.entry);
    expect(faults).toEqual([{ kind: 'duplicate_line', line_id: '000004', operation_id: 'op-2' }]);
  });

  it.each([
    [10_000, 10_001],
    [1_000_000_000_000, 999_999_999_999],
  ])('have a wrong amount: %i is %i', (grossMinor, wrong) => {
    const { lines, faults } = made([{ kind: 'wrong_amount' }], [anEntry(1, { grossMinor })]);
    expect(lines[0]?.entry).toEqual(anEntry(1, { grossMinor: wrong }));
    expect(faults).toEqual([{ kind: 'wrong_amount', line_id: '000001', operation_id: 'op-1' }]);
  });

  it.each([
    ['EUR', 'USD'],
    ['JPY', 'EUR'],
  ] as const)('have a wrong currency: %s is %s', (currency, wrong) => {
    const { lines } = made([{ kind: 'wrong_currency' }], [anEntry(1, { currency })]);
    expect(lines[0]?.entry).toEqual(anEntry(1, { currency: wrong }));
  });

  it('have invented ones that validate, of operations and references of their own', () => {
    const { lines, faults } = made([{ kind: 'extra_line' }, { kind: 'extra_line' }]);
    const invented = lines.slice(3);
    expect(operations(lines).slice(0, 3)).toEqual(['op-1', 'op-2', 'op-3']);
    expect(faults.map(({ line_id }) => line_id)).toEqual(['000004', '000005']);
    expect(faults.map(({ operation_id }) => operation_id)).toEqual(operations(invented));
    expect(new Set(invented.map(({ entry }) => entry.reference)).size).toBe(2);
    for (const { id, entry } of invented) {
      const record = {
        line_id: id,
        type: entry.type,
        reference: entry.reference,
        operation_id: entry.operationId,
        provider_reference: entry.providerReference,
        gross: String(entry.grossMinor),
        fee: String(entry.feeMinor),
        currency: entry.currency,
        time: entry.time,
      };
      expect(SettlementLine.safeParse(record).success).toBe(true);
    }
  });

  it.each([
    ['of the file', entries, undefined, 'EUR'],
    ['asked for, in a file without another', [], ['JPY' as const], 'JPY'],
    ['of last resort', [], undefined, 'EUR'],
  ])('have invented ones in a currency %s', (_name, of, currencies, currency) => {
    const { lines } = made([{ kind: 'extra_line' }], of, currencies);
    expect(lines.at(-1)?.entry.currency).toBe(currency);
  });

  it('have one fault at most, in lines that were not asked for by name', () => {
    const { lines, faults } = made([
      { kind: 'missing_line' },
      { kind: 'wrong_amount', operation_id: 'op-1' },
      { kind: 'extra_line' },
      { kind: 'wrong_currency' },
    ]);
    expect(faults.map(({ kind, operation_id }) => [kind, operation_id])).toEqual([
      ['missing_line', 'op-2'],
      ['wrong_amount', 'op-1'],
      ['extra_line', lines.at(-1)?.entry.operationId],
      ['wrong_currency', 'op-3'],
    ]);
    expect(lines.map(({ entry }) => [entry.grossMinor, entry.currency])).toEqual([
      [10_001, 'EUR'],
      [10_000, 'USD'],
      [1_000, 'EUR'],
    ]);
  });

  it('leave out a fault for which there is no line', () => {
    const { lines, faults } = made(
      [
        { kind: 'missing_line', operation_id: 'op-7' },
        { kind: 'wrong_amount' },
        { kind: 'wrong_amount' },
        { kind: 'duplicate_line', operation_id: 'op-1' },
      ],
      [anEntry(1)],
    );
    expect(faults).toEqual([{ kind: 'duplicate_line', line_id: '000002', operation_id: 'op-1' }]);
    expect(operations(lines)).toEqual(['op-1', 'op-1']);
  });
});
