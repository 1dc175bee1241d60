import { paymentId, requestedId } from '../../../shared/domain/ids.ts';
import type { Evidence, Exchange, Finding } from './evidence.ts';

const isTaken = ({ status }: Exchange) => status !== null && status >= 200 && status < 300;

/** The id of what a request makes: it is derived from tenant, route and key. */
export function idOf({ tenant, route, key }: Pick<Exchange, 'tenant' | 'route' | 'key'>): string {
  const [, collection = '', subject, what = ''] = route.split('/');
  if (subject === undefined) {
    return collection === 'payments'
      ? paymentId(tenant, key)
      : requestedId(tenant, `POST /${collection}`, key);
  }
  return requestedId(subject, `POST /${collection}/{id}/${what}`, key);
}

/** 5: a key is one payment or operation; what is repeated is answered alike, byte for byte. */
export function repeatsAreEqual({ exchanges, payments, payouts }: Evidence): Finding {
  const groups = Map.groupBy(exchanges, ({ tenant, route, key }) =>
    JSON.stringify([tenant, route, key]),
  );
  const stored = new Set([
    ...payouts.map(({ id }) => id),
    ...payments.flatMap(({ id, state }) => [
      id,
      ...(state?.operations ?? []).map((operation) => operation.id),
    ]),
  ]);
  const sent = new Set(exchanges.map(idOf));
  const violations: string[] = [];
  let replays = 0;
  let misuses = 0;
  for (const group of groups.values()) {
    const [first] = group as [Exchange, ...Exchange[]];
    const name = `${first.route} of ${first.tenant} under ${first.key}`;
    const same = group.filter(({ purpose }) => purpose === 'asked' || purpose === 'once more');
    const taken = same.filter(isTaken);
    const [one] = taken;
    if (one) {
      replays += taken.length - 1;
      if (taken.some(({ text }) => text !== one.text)) {
        violations.push(`${name}: two answers`);
      }
      if (taken.filter(({ replayed }) => !replayed).length > 1) {
        violations.push(`${name}: taken twice`);
      }
      if (!stored.has(idOf(first))) {
        violations.push(`${name}: answered, and not there`);
      }
      if (same.some(({ purpose, ...again }) => purpose === 'once more' && !isRepeat(again))) {
        violations.push(`${name}: not answered again`);
      }
    }
    for (const exchange of group.filter(isMisuse)) {
      misuses += 1;
      if (isTaken(exchange)) {
        violations.push(`${name}: ${exchange.purpose} was taken`);
      }
    }
  }
  return {
    counted: `${groups.size} keys, ${replays} repeated requests answered alike, ${misuses} misused refused`,
    violations: [
      ...violations,
      ...payments
        .filter(({ id }) => !sent.has(id))
        .map(({ id }) => `payment ${id} is of no request`),
    ],
  };
}

function isRepeat({ status, replayed }: Pick<Exchange, 'status' | 'replayed'>): boolean {
  return status !== null && status >= 200 && status < 300 && replayed;
}

function isMisuse({ purpose, status }: Exchange): boolean {
  return (purpose === 'other body' || purpose === 'reference again') && (status ?? 500) < 500;
}
