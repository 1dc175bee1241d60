import { expect } from 'vitest';
import {
  type OverviewDependencies,
  overview,
} from '../../functions/operations/overview/overview.ts';
import { memoryKeyStore } from '../../shared/adapters/memory/access/keys.ts';
import { memoryPaymentList } from '../../shared/adapters/memory/payments/payment-list.ts';
import { memoryPaymentStore } from '../../shared/adapters/memory/payments/payment-store.ts';
import { memoryPayoutStore } from '../../shared/adapters/memory/payments/payout-store.ts';
import { endpoints } from '../../shared/contracts/endpoints.ts';
import type { PaymentResource } from '../../shared/contracts/payment.ts';
import { operationId, paymentId } from '../../shared/domain/ids.ts';
import { changePayment } from '../../shared/domain/payment/change.ts';
import type { PaymentStore } from '../../shared/ports/payments.ts';
import type { Access } from '../../shared/runtime/http/entry/access.ts';
import { httpHandler } from '../../shared/runtime/http/handler.ts';
import { accessOf } from './api/access.ts';
import { apiEvent, invoke } from './api/api-event.ts';
import { facts } from './payments/facts.ts';
import { aListed } from './payments/listed.ts';
import { anAcceptedPayment, countingStamps } from './payments/payments.ts';

/** When an overview of the tests is asked for. */
export const now = '2026-01-01T10:30:30.000Z';
export const before = (ms: number) => new Date(Date.parse(now) - ms).toISOString();
export const minutes = 60_000;

export const stamps = countingStamps();

/** It never comes. */
export const never = new Promise<never>(() => {});

/** A stage with two merchants; `replaced`: what of it is other than in memory. */
export async function aStage(replaced: Partial<OverviewDependencies> = {}, caller = 'operations') {
  const payments = memoryPaymentStore();
  const payouts = memoryPayoutStore();
  const list = memoryPaymentList();
  const keys = memoryKeyStore();
  for (const name of ['globex', 'acme']) {
    await keys.createTenant({ name, created: before(0) });
  }
  const deps: OverviewDependencies = {
    tenants: keys.tenants,
    list: list.list,
    eventPage: payments.eventPage,
    payments,
    payouts,
    edges: async () => [],
    countLetters: async () => 0,
    providers: async () => [],
    nowMs: () => Date.parse(now),
    untilDue: () => never,
    ...replaced,
  };
  const asked: unknown[] = [];
  const access: Access = {
    ...accessOf(caller),
    policies: async () => (question) => {
      asked.push(question.resource.tenant);
      return { effect: 'permit', policies: [], errors: [] };
    },
  };
  const handler = httpHandler(endpoints.getOverview, access, overview(deps));
  return {
    payments,
    payouts,
    keys,
    /** About whose the policies were asked. */
    asked,
    /** Puts a payment into the list. */
    add: (tenant: string, changed: Partial<PaymentResource>) =>
      list.project({ tenant, data: { payment: aListed(changed) } }, 1),
    /** As an operator; `named`: in `Paysaga-Tenant`. */
    ask: async (query: Readonly<Record<string, string>> = {}, named?: string) => {
      const headers = {
        Authorization: 'Bearer key',
        ...(named ? { 'Paysaga-Tenant': named } : {}),
      };
      const answer = await invoke(
        handler,
        apiEvent({
          method: 'GET',
          headers,
          query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])),
        }),
      );
      if (answer.status === 200) {
        expect(endpoints.getOverview.answers[200]?.safeParse(answer.json).error).toBeUndefined();
      }
      return answer;
    },
  };
}

export const idOf = (index: number) => paymentId('acme', `key-${index}`);

/** Parks the charge of a payment that is new. @returns since when it waits */
export async function parkPayment(
  payments: Pick<PaymentStore, 'accept' | 'append'>,
  tenant: string,
  key = 'key-1',
): Promise<string> {
  const change = anAcceptedPayment(stamps, {}, { tenant, key });
  await payments.accept(change);
  const operation_id = operationId(change.after.id, 'charge');
  const fact = { ...facts.parkedCharge, facts: { ...facts.parkedCharge.facts, operation_id } };
  const parked = changePayment(change.after, fact, stamps());
  await payments.append(parked);
  return parked.event.time;
}
