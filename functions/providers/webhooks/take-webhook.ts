import { ApiError } from '../../../shared/contracts/errors.ts';
import {
  ProviderNotice,
  type ProviderNoticeMessage,
} from '../../../shared/contracts/events/notices.ts';
import { findCardData } from '../../../shared/domain/card-data.ts';
import {
  type FindNoticeSource,
  InvalidSignature,
  type NoticeSource,
} from '../../../shared/ports/webhooks/notice-verifier.ts';
import type { QueueNotice } from '../../../shared/ports/webhooks/notices.ts';
import type { SeenNotices } from '../../../shared/ports/webhooks/seen-notices.ts';
import type { HttpRequest, HttpResponse } from '../../../shared/runtime/http/request.ts';
import { masked } from '../../../shared/runtime/masked.ts';
import { count, logger } from '../../../shared/runtime/observability.ts';

export interface TakeWebhookDependencies {
  readonly sourceOf: FindNoticeSource;
  readonly seen: SeenNotices;
  readonly queue: QueueNotice;
  /** In ms since 1970. */
  readonly now: () => number;
}

/**
 * How long a notice is known by its mark. PSPs send again for three days at most, at intervals of a
 * day at most, and only what was not answered. What a person has sent again later is heard anew.
 */
export const seenForMs = 24 * 3_600_000;

/**
 * Takes what a PSP tells unasked; what it means is worked out behind the queue:
 * 1. who it says it is must be somebody that the stage hears
 * 2. the bytes must have its signature, and a lately signed time
 * 3. it speaks for itself alone, and of what it may tell: all of it, or nothing is taken
 * 4. what was queued before, and is marked so, is done
 * 5. what is not of the contract is queued as well: a PSP that is refused sends it for days, where a
 *    person finds it among the dead letters, with its reason
 * 6. what is free text in a notice, and looks like card data, loses its digits
 * 7. queue it, then mark it. A crash between the two has it sent and queued again, and taken twice,
 *    which changes nothing; a mark before would lose it
 *
 * @throws ApiError `invalid_signature` for 1 to 3, which a stranger cannot tell apart
 */
export function takeWebhook({ sourceOf, seen, queue, now }: TakeWebhookDependencies) {
  return async ({ path, headers, body }: HttpRequest<Buffer>): Promise<HttpResponse> => {
    const provider = path.provider ?? '';
    const notices = verified(await sourceOf(provider), { provider, headers, body, nowMs: now() });
    for (const { notice, id } of notices) {
      const key = id === null ? null : { provider, id };
      if (key && (await forgiving('read', false, () => seen.has(key, now())))) {
        logger.info('a notice that was queued before', { notice_id: key.id });
        continue;
      }
      await queue(notice);
      if (key) {
        await forgiving('written', undefined, () => seen.mark(key, now() + seenForMs));
      }
    }
    return { status: 200, body: { received: true } };
  };
}

interface Verified {
  /** As it is queued. */
  readonly notice: unknown;
  /** Null for what is not of the contract: it is queued as often as it comes. */
  readonly id: string | null;
}

interface SignedRequest {
  readonly provider: string;
  readonly headers: Pick<HttpRequest['headers'], 'get'>;
  readonly body: Buffer;
  readonly nowMs: number;
}

/** The notices of a request that its PSP has signed, and may say. */
function verified(
  source: NoticeSource | null,
  { provider, headers, body, nowMs }: SignedRequest,
): Verified[] {
  try {
    if (!source) {
      throw new InvalidSignature('the stage hears nobody of this name');
    }
    return source
      .verify({ get: (name) => headers.get(name) }, body, nowMs)
      .map((said) => checked(source, provider, said));
  } catch (error) {
    if (!(error instanceof InvalidSignature)) {
      throw error;
    }
    count('WebhookRejected');
    // A stranger's text is in no log: the name is one that there is.
    logger.warn('webhook rejected', { provider: source && provider, reason: error.message });
    throw new ApiError('invalid_signature', 'The request has no signature that is valid here.');
  }
}

/**
 * @throws InvalidSignature for what another would have to sign
 * @throws ApiError `card_data_refused` for what is of no contract and looks like card data
 */
function checked({ subjects }: NoticeSource, provider: string, said: unknown): Verified {
  if (claimed(said) !== null && claimed(said) !== provider) {
    throw new InvalidSignature('it speaks for another');
  }
  const { data: notice } = ProviderNotice.safeParse(said);
  if (!notice) {
    const errors = findCardData(said);
    if (errors.length > 0) {
      throw new ApiError('card_data_refused', 'The request was refused and not stored.', {
        errors,
      });
    }
    return { notice: said, id: null };
  }
  if (!subjects.includes(notice.type.startsWith('payout.') ? 'payout' : 'payment')) {
    throw new InvalidSignature(`it may not tell of ${notice.type}`);
  }
  return { notice: withoutCardData(notice), id: notice.id };
}

/**
 * A notice whose free texts, which go on into events and webhooks, have no card data. Its ids are the
 * PSP's, and a random one may look like a card number: they are left, as without them it is lost.
 */
function withoutCardData(notice: ProviderNoticeMessage): ProviderNoticeMessage {
  switch (notice.type) {
    case 'dispute.opened':
    case 'dispute.won':
    case 'dispute.lost':
      return { ...notice, data: withMasked(notice.data, ['reason']) };
    case 'payout.paid':
    case 'payout.failed': {
      const { failure } = notice.data;
      const said = failure && withMasked(failure, ['code', 'message']);
      return { ...notice, data: { ...notice.data, failure: said } };
    }
    default:
      return notice;
  }
}

function withMasked<T extends object>(of: T, names: readonly (keyof T & string)[]): T {
  return { ...of, ...Object.fromEntries(names.map((name) => [name, masked(name, of[name])])) };
}

/** In whose name it is said; null when that is nobody's. */
function claimed(said: unknown): string | null {
  const provider = (said as { readonly provider?: unknown } | null)?.provider;
  return typeof provider === 'string' ? provider : null;
}

/** Without marks a notice is queued once more than it need be, which is better than not at all. */
async function forgiving<T>(what: string, otherwise: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    logger.warn(`the mark of a notice was not ${what}`, error as Error);
    return otherwise;
  }
}
