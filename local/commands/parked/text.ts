import type { ParkedResource } from '../../../shared/contracts/operations/parked.ts';
import { formatMinor } from '../../../shared/domain/money/currency.ts';

/** What waits, a few lines each, and what is at risk in all. */
export function listText(all: readonly ParkedResource[], now: string): string[] {
  if (all.length === 0) {
    return ['Nothing waits for a person.'];
  }
  const sums = Map.groupBy(all, ({ currency }) => currency);
  const risks = [...sums].map(([currency, some]) =>
    formatMinor(
      some.reduce((sum, { amount }) => sum + BigInt(amount), 0n),
      currency,
    ),
  );
  return [
    ...all.flatMap((parked) => [...waitingText(parked, now), '']),
    `${all.length} wait for a person. At risk: ${risks.join(', ')}`,
  ];
}

function waitingText(parked: ParkedResource, now: string): string[] {
  const { tenant, since, unknown, reason, actions, resolution } = parked;
  return [
    `${headOf(parked)}, of ${tenant}, for ${ageOf(since, now)}`,
    `  operation ${parked.operation_id}`,
    `  ${unknown ? 'nobody knows what became of it' : 'its saga did not come to an end'}: ${reason}`,
    ...(resolution
      ? [
          `  ${resolution.by} said ${resolution.outcome}, which has not led to anything yet: say it again`,
        ]
      : []),
    `  to be resolved by ${actions.join(', ')}`,
  ];
}

/** What became of one that a person said something of. */
export function resolvedText(parked: ParkedResource): string[] {
  const { resolution, answer, actions } = parked;
  if (actions.length > 0) {
    return [
      `${headOf(parked)}: still unknown. ${answer ?? 'It was not asked for.'}`,
      `to be resolved by ${actions.join(', ')}`,
    ];
  }
  const { outcome, provider_reference: reference, by, reason } = resolution ?? {};
  return [
    [
      `${headOf(parked)}: ${outcome}`,
      reference ? ` as ${reference}` : '',
      by ? `, said by ${by}` : '',
      reason ? `: ${reason}` : '',
    ].join(''),
  ];
}

function headOf({ amount, currency, operation, payment_id, payout_id }: ParkedResource): string {
  const about = payment_id ? `${operation} of payment ${payment_id}` : `payout ${payout_id}`;
  return `${formatMinor(amount, currency)}  ${about}`;
}

/** How long ago that was, as far as it matters. */
function ageOf(since: string, now: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / 60_000));
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) {
    return `${Math.floor(hours / 24)} days`;
  }
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
