import type * as z from 'zod/mini';
import {
  SimulatorError,
  type SimulatorErrorCode,
  simulatorErrors,
} from '../../contracts/simulator/errors.ts';
import type { Exchange } from '../send-once.ts';
import { parse } from './outcome.ts';

/** What an inquiry comes to that brings nothing to light. */
export type NothingFound =
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** How the answers to one kind of inquiry are read. */
export interface InquiryReading<Answer, Found> {
  /** What a 200 carries, in one word. */
  readonly noun: string;
  readonly schema: z.ZodMiniType<Answer>;
  /** What the operation that was asked for came to, by an answer. */
  readonly found: (answer: Answer) => Found | NothingFound;
  /** The code by which the other side says that it knows nothing of the reference. */
  readonly notFound: SimulatorErrorCode;
}

/**
 * What an inquiry brought to light. Only the other side's own 404, or an answer without the
 * operation, is `not_found`: a gateway's says nothing of what is behind it.
 */
export function inquiryOf<Answer, Found>(
  exchange: Exchange,
  { noun, schema, found, notFound }: InquiryReading<Answer, Found>,
): Found | NothingFound {
  if (exchange.kind !== 'answered') {
    return unavailable(exchange.reason);
  }
  const { status, body } = exchange;
  if (body === null) {
    return unavailable(`answered ${status}, then ${exchange.reason}`);
  }
  if (status === 200) {
    const answer = parse(schema, body);
    return answer === null
      ? unavailable(`answered 200 with a body that is no ${noun}`)
      : found(answer);
  }
  const code = parse(SimulatorError, body)?.error.code;
  if (code === notFound && status === simulatorErrors[notFound]) {
    return { kind: 'not_found' };
  }
  return unavailable(
    code === 'ambiguous_reference'
      ? 'the reference has more than one of what may have one'
      : `answered ${status}`,
  );
}

export function unavailable(reason: string): NothingFound {
  return { kind: 'unavailable', reason };
}
