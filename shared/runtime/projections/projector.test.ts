import { afterEach, describe, expect, it, vi } from 'vitest';
import { facts } from '../../../test/support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { memoryPaymentList } from '../../adapters/memory/payments/payment-list.ts';
import { changePayment } from '../../domain/payment/change.ts';
import type { ProjectionName } from '../../domain/projection/names.ts';
import { noFilters } from '../../domain/search/filters.ts';
import type { Generations } from '../../ports/projections/projections.ts';
import * as observability from '../observability.ts';
import { projector } from './projector.ts';

function threeEvents() {
  const nextStamp = countingStamps();
  const accepted = anAcceptedPayment(nextStamp);
  const reserved = changePayment(accepted.after, facts.reserved, nextStamp());
  const captured = changePayment(reserved.after, facts.captured, nextStamp());
  return [accepted.event, reserved.event, captured.event] as const;
}

/** A projector of the payment list over generations that a test can change. */
function aProjector(generations: Generations) {
  const given = { ...generations };
  const asked: ProjectionName[] = [];
  const list = memoryPaymentList(async () => given);
  const writes: number[] = [];
  const consume = projector({
    name: 'payment_list',
    generations: async (name) => {
      asked.push(name);
      return given;
    },
    project: async (event: Parameters<typeof list.project>[0] & { time: string }, generation) => {
      writes.push(generation);
      return list.project(event, generation);
    },
    now: () => '2026-01-01T00:10:00.000Z',
  });
  const page = () => list.list({ tenant: 'acme', filters: noFilters, limit: 10, after: null });
  return { given, list, writes, consume, page, asked };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a projector', () => {
  it('ends at the latest event, in whatever order and however often they come', async () => {
    const [one, two, three] = threeEvents();
    for (const order of [
      [one, two, three],
      [three, two, one],
      [two, two, one, three, one, three],
    ]) {
      const { consume, page, asked } = aProjector({ live: 1, beside: [] });
      for (const event of order) {
        await consume(event);
      }
      expect(await page()).toEqual({ payments: [three.data.payment], next: null });
      expect(new Set(asked)).toEqual(new Set(['payment_list']));
    }
  });

  it('writes what is built beside before what is live, and after the swap still the newer one first', async () => {
    const [one, two] = threeEvents();
    const { given, consume, writes, page } = aProjector({ live: 1, beside: [2] });
    await consume(one);
    Object.assign(given, { live: 2, beside: [1] });
    await consume(two);
    expect(writes).toEqual([2, 1, 2, 1]);
    expect((await page()).payments).toEqual([two.data.payment]);
  });

  it('measures the lag of what is new to the live generation, and of nothing else', async () => {
    const lag = vi.spyOn(observability.metrics, 'singleMetric');
    const [one, two] = threeEvents();
    const { given, consume } = aProjector({ live: 1, beside: [] });
    await consume(one);
    expect(lag).toHaveBeenCalledTimes(1);
    await consume(one);
    Object.assign(given, { live: 1, beside: [2] });
    await consume(one);
    expect(lag).toHaveBeenCalledTimes(1);
    await consume(two);
    expect(lag).toHaveBeenCalledTimes(2);
  });

  it('says how long the event took, never less than nothing', async () => {
    const added: unknown[][] = [];
    const single = {
      addMetadata: () => {},
      addDimension: (...args: unknown[]) => added.push(args),
      addMetric: (...args: unknown[]) => added.push(args),
    };
    vi.spyOn(observability.metrics, 'singleMetric').mockReturnValue(single as never);
    const [one, two] = threeEvents();
    const { consume } = aProjector({ live: 1, beside: [] });
    await consume({ ...one, time: '2026-01-01T00:09:58.500Z' });
    await consume({ ...two, time: '2026-01-01T00:10:01.000Z' });
    expect(added).toEqual([
      ['projection', 'payment_list'],
      ['ProjectionLagMs', 'Milliseconds', 1_500],
      ['projection', 'payment_list'],
      ['ProjectionLagMs', 'Milliseconds', 0],
    ]);
  });
});
