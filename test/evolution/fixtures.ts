import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { eventOf } from '../../shared/adapters/dynamo/payments/event-item.ts';
import { stateOf } from '../../shared/adapters/dynamo/payments/event-store.ts';
import type { PaymentEvent } from '../../shared/contracts/events/payment-events.ts';
import type { PayoutEvent } from '../../shared/contracts/events/payout-events.ts';
import type { Payment } from '../../shared/domain/payment/state.ts';
import type { Payout } from '../../shared/domain/payout/state.ts';

type Item = Readonly<Record<string, AttributeValue>>;

/** What a version of the code stored of one payment or one payout in its whole life. */
export interface StoredLife {
  /** `v1/payment-01`. */
  readonly name: string;
  readonly kind: 'payment' | 'payout';
  /** Of its events. */
  readonly version: number;
  readonly events: readonly Item[];
  readonly state: Item;
}

const folder = join(import.meta.dirname, '..', 'fixtures', 'events');

/** Every life that is kept, of each version that there ever was. */
export const storedLives: readonly StoredLife[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: version }) =>
    readdirSync(join(folder, version)).map((file) => ({
      name: `${version}/${file.replace('.json', '')}`,
      kind: file.startsWith('payout') ? ('payout' as const) : ('payment' as const),
      version: Number(version.slice(1)),
      ...(JSON.parse(readFileSync(join(folder, version, file), 'utf8')) as Pick<
        StoredLife,
        'events' | 'state'
      >),
    })),
  );

/** The lives of payments, as the store reads them. */
export const readPayments = storedLives
  .filter(({ kind }) => kind === 'payment')
  .map((life) => ({
    ...life,
    read: life.events.map((item) => eventOf<PaymentEvent>(item)),
    readState: stateOf<Payment>(life.state),
  }));

/** The lives of payouts, as the store reads them. */
export const readPayouts = storedLives
  .filter(({ kind }) => kind === 'payout')
  .map((life) => ({
    ...life,
    read: life.events.map((item) => eventOf<PayoutEvent>(item)),
    readState: stateOf<Payout>(life.state),
  }));

/** The first of a payment that is kept of a version. */
export function aLife(version: number): StoredLife {
  const life = storedLives.find((one) => one.kind === 'payment' && one.version === version);
  if (!life) {
    throw new Error(`no payment of version ${version} is kept`);
  }
  return life;
}

/** An event as the bus carried it when it was written: what `eventOf` reads, and no newer. */
export function asPublished(item: Item): Record<string, unknown> {
  const { pk: _, sk: __, version, sequence, data, ...texts } = item;
  return {
    ...Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, value.S])),
    version: Number(version?.N),
    sequence: Number(sequence?.N),
    data: JSON.parse(data?.S ?? ''),
  };
}

/** The same life of another payment: everything in it that has its id or its tenant has these. */
export function asOf(life: StoredLife, id: string, tenant: string): StoredLife {
  const { pk, tenant: before } = life.state as Record<string, { readonly S: string }>;
  const text = JSON.stringify({ events: life.events, state: life.state })
    .replaceAll((pk?.S ?? '').replace(/^\w+#/, ''), id)
    .replaceAll(`"tenant":{"S":"${before?.S}"}`, `"tenant":{"S":"${tenant}"}`)
    .replaceAll(`\\"tenant\\":\\"${before?.S}\\"`, `\\"tenant\\":\\"${tenant}\\"`);
  return { ...life, ...(JSON.parse(text) as Pick<StoredLife, 'events' | 'state'>) };
}
