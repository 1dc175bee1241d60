import {
  settlementColumns,
  settlementPrefix,
} from '../../../shared/contracts/settlement/settlement.ts';
import type { Core } from '../kernel/process.ts';
import type { Movement } from '../psp/psp.ts';
import type { MovingWorld } from './world.ts';

/** How long after the PSPs' files the reconciliation runs. */
const reconcileAfterMs = 60_000;

/**
 * Has the PSPs write their settlement files at some times, and the reconciliation run after each: what
 * is settled is what merchants can be paid out.
 */
export function startSettlement(core: Core, world: MovingWorld, timesMs: readonly number[]): void {
  const { kernel } = core;
  const settled = new Map<string, number>();
  for (const [index, atMs] of timesMs.entries()) {
    kernel.after(atMs, `settlement files ${index}`, () => {
      for (const { name, movements } of world.psps.values()) {
        const from = settled.get(name) ?? 0;
        settled.set(name, movements.length);
        const key = `${settlementPrefix(name)}2026-03-01-${index + 1}.csv`;
        void world.files.put(key, csvOf(movements.slice(from), from, world.epochMs));
      }
    });
    kernel.after(atMs + reconcileAfterMs, `reconciliation ${index}`, () => {
      world.schedules.get('reconcile')?.run(() => {});
    });
  }
}

function csvOf(movements: readonly Movement[], from: number, epochMs: number): string {
  const lines = movements.map((movement, index) => lineOf(movement, from + index + 1, epochMs));
  return [settlementColumns, ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}

/** In the order of the columns. */
function lineOf(movement: Movement, number: number, epochMs: number): readonly string[] {
  const { type, reference, operationId, providerReference, grossMinor, currency, atMs } = movement;
  const fee = type === 'capture' ? Math.floor(grossMinor * 0.012) : 0;
  const time = new Date(epochMs + Math.floor(atMs)).toISOString();
  return [
    String(number).padStart(6, '0'),
    type,
    reference,
    operationId,
    providerReference,
    String(grossMinor),
    String(fee),
    currency,
    time,
  ];
}
