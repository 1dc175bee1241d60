import type { Delivery } from '../webhook/delivery.ts';
import { isTaken } from '../webhook/delivery.ts';
import { type Moment, secondsText } from './moment.ts';

/** A delivery of a webhook: each of its tries, and what is still to come of it. */
export function webhookMoments(delivery: Delivery): Moment[] {
  const { id, endpointId, event, attempts, nextAt, status, created } = delivery;
  const refers = { delivery: id, endpoint: endpointId };
  const what = `${event.type} (event ${event.sequence}) to ${endpointId}`;
  const tries = attempts.map((attempt): Moment => {
    const { number, time, status: answer, reason, durationMs } = attempt;
    const came = answer === null ? (reason ?? 'no answer') : `answered ${answer}`;
    const after = durationMs === null ? '' : ` in ${secondsText(durationMs)}`;
    return {
      time,
      source: 'webhook',
      says: `${what}, try ${number}: ${came}${after}`,
      refers,
      ...(isTaken(attempt) ? {} : { isWrong: true }),
    };
  });
  // What was never tried is told of when it was put on its way.
  const last = attempts.at(-1);
  const rest = last
    ? status === 'pending' && nextAt !== null
      ? [`${what}: to be tried again at ${nextAt}`]
      : []
    : [`${what}: ${status}, not tried yet`];
  return [
    ...tries,
    ...rest.map(
      (says): Moment => ({ time: last?.time ?? created, source: 'webhook', says, refers }),
    ),
  ];
}
