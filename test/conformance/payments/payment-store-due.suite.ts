import { beforeAll, expect, it } from 'vitest';
import type { PaymentFact } from '../../../shared/contracts/events/payment-events.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import {
  dueOf,
  inquiryEndsMs,
  type SweepKind,
  underWayMs,
} from '../../../shared/domain/payment/recovery/sweep.ts';
import type { PaymentStore } from '../../../shared/ports/payments.ts';
import { facts } from '../../support/payments/facts.ts';
import { aChange, aTenant, nextStamp } from './changes.ts';

const kinds: readonly SweepKind[] = ['expiry', 'saga', 'inquiry'];
/** Before anything of the other tests, with which these share their tables. */
const start = Date.UTC(2020, 0, 1);
const at = (minute: number) => new Date(start + minute * 60_000).toISOString();
const later = (time: string, ms: number) => new Date(Date.parse(time) + ms).toISOString();

/** What an adapter has to do to tell a sweeper what it has to look at. */
export function dueConforms(store: () => PaymentStore): void {
  const tenant = aTenant();
  let keys = 0;

  /** A payment that was taken at a minute, and taken along by facts that came within it. */
  async function aPayment(minute: number, ...taken: readonly PaymentFact[]): Promise<string> {
    const accepted = aChange(tenant, `due ${++keys}`);
    const created = { ...accepted.after, created: at(minute) };
    let payment = {
      ...created,
      progress: { ...created.progress, since: at(minute) },
    };
    await store().accept({ ...accepted, after: payment });
    for (const fact of taken) {
      const change = changePayment(payment, fact, { ...nextStamp(), time: at(minute) });
      expect(await store().append({ ...change, transfers: [] })).toBe('written');
      payment = change.after;
    }
    return payment.id;
  }

  const dueFor = async (kind: SweepKind, time: string, limit = 100) =>
    (await store().due(kind, time, limit)).slice();

  const expires = { ...facts.authorized.facts, expires: at(30) };
  const authorized = [facts.reserved, { ...facts.authorized, facts: expires }] as const;
  /** By what they are due for, and when; in the order in which they were taken. */
  let ids: Record<string, string> = {};

  beforeAll(async () => {
    ids = {
      second: await aPayment(20, facts.reserved),
      first: await aPayment(10),
      third: await aPayment(25, facts.reserved, facts.resumed),
      authorized: await aPayment(1, ...authorized),
      unknown: await aPayment(2, facts.reserved, facts.unknownCharge),
      capturing: await aPayment(3, ...authorized, facts.captureRequested),
      'capture unknown': await aPayment(
        4,
        ...authorized,
        facts.captureRequested,
        facts.captureUnknown,
      ),
      parked: await aPayment(5, facts.reserved, facts.unknownCharge, facts.parkedCharge),
      captured: await aPayment(6, facts.reserved, facts.captured),
      failed: await aPayment(7, facts.failed),
    };
  });

  const named = (found: readonly string[]) => {
    const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
    return found.map((id) => names.get(id) ?? id);
  };

  it('lists what a saga has had its time for, the longest first, and nothing else', async () => {
    const found = await dueFor('saga', at(60));
    expect(named(found)).toEqual(['capturing', 'first', 'second', 'third']);
  });

  it('lists what is authorized by the end of that, and what is unknown by the end of inquiries', async () => {
    expect(named(await dueFor('expiry', at(30)))).toEqual(['authorized']);
    expect(await dueFor('expiry', later(at(30), -1))).toEqual([]);
    const inquired = later(at(4), inquiryEndsMs);
    expect(named(await dueFor('inquiry', inquired))).toEqual(['unknown', 'capture unknown']);
    expect(named(await dueFor('inquiry', later(inquired, -1)))).toEqual(['unknown']);
  });

  it('lists each from the moment on at which it is due, and not before', async () => {
    const due = later(at(10), underWayMs);
    expect(named(await dueFor('saga', due))).toEqual(['capturing', 'first']);
    expect(named(await dueFor('saga', later(due, -1)))).toEqual(['capturing']);
    expect(await dueFor('saga', at(3))).toEqual([]);
  });

  it('lists as many as are asked for, wherever they are kept', async () => {
    const more = await Promise.all(
      Array.from({ length: 24 }, (_, index) => aPayment(-100 - ((index * 7) % 24))),
    );
    const all = await dueFor('saga', at(0));
    expect(all).toHaveLength(24);
    expect(new Set(all)).toEqual(new Set(more));
    const created = await Promise.all(all.map(async (id) => (await store().load(id))?.created));
    expect(created).toEqual([...created].sort());
    for (const limit of [1, 5, 23]) {
      expect(await dueFor('saga', at(0), limit)).toEqual(all.slice(0, limit));
    }
  });

  it('goes by the payment as it is now', async () => {
    const id = await aPayment(-300, facts.reserved);
    expect(await dueFor('saga', at(-298))).toEqual([id]);
    const write = async (fact: PaymentFact, time: string) => {
      const payment = await store().load(id);
      if (!payment) {
        throw new Error('the payment is gone');
      }
      const change = changePayment(payment, fact, { ...nextStamp(), time });
      expect(await store().append({ ...change, transfers: [] })).toBe('written');
      return change.after;
    };
    await write(facts.unknownCharge, at(-297));
    expect(await dueFor('saga', at(-200))).toEqual([]);
    const inquiryEnd = later(at(-297), inquiryEndsMs);
    expect((await dueFor('inquiry', inquiryEnd))[0]).toBe(id);
    await write(facts.declined, at(-296));
    expect(await dueFor('saga', at(-200))).toEqual([id]);
    await write(facts.resumed, at(-250));
    expect(await dueFor('saga', later(at(-250), underWayMs - 1))).toEqual([]);
    expect(await dueFor('saga', later(at(-250), underWayMs))).toEqual([id]);
    const parked = await write(facts.parkedCharge, at(-240));
    expect(dueOf(parked)).toBeNull();
    for (const kind of kinds) {
      expect(await dueFor(kind, at(-200))).toEqual([]);
    }
  });
}
