import { type GetSecret, SecretMissing, type SecretName } from '../../../ports/access/secrets.ts';
import {
  type FindNoticeSource,
  InvalidSignature,
  type NoticeSource,
  type VerifyNotices,
} from '../../../ports/webhooks/notice-verifier.ts';
import { standardWebhooks } from '../../standard-webhooks/standard-webhooks.ts';

interface Source extends Pick<NoticeSource, 'subjects'> {
  readonly secret: SecretName;
  readonly verifier: (secret: string) => VerifyNotices | Promise<VerifyNotices>;
}

/**
 * Who may send notices, by the name in the path. Each has a secret of its own, so that none can speak
 * for another. The simulator is the bank as well.
 */
const sources: Readonly<Record<string, Source>> = {
  psp: { secret: 'psp_webhook', verifier: standardWebhooks, subjects: ['payment'] },
  bank: { secret: 'bank_webhook', verifier: standardWebhooks, subjects: ['payout'] },
  simulator: {
    secret: 'simulator_webhook',
    verifier: standardWebhooks,
    subjects: ['payment', 'payout'],
  },
  'simulator-b': {
    secret: 'simulator_b_webhook',
    verifier: standardWebhooks,
    subjects: ['payment'],
  },
  stripe: {
    secret: 'stripe_webhook',
    // Its SDK is loaded where something comes from Stripe, and by no other start.
    verifier: async (secret) => (await import('../../stripe/notices.ts')).stripeNotices(secret),
    subjects: ['payment'],
  },
};

/** The secrets that are needed for it: one that the stage has not got turns its sender off. */
export const noticeSecrets = Object.values(sources).map(({ secret }) => secret);

/** Who may send notices to the stage: those that it has a secret for. */
export function noticeSources(secretOf: GetSecret): FindNoticeSource {
  return async (provider) => {
    const source = Object.hasOwn(sources, provider) ? sources[provider] : undefined;
    const value = source && (await orNull(secretOf(source.secret)));
    if (!source || !value) {
      return null;
    }
    const verifiers = await Promise.all(value.trim().split(/\s+/).map(source.verifier));
    return { verify: anyOf(verifiers), subjects: source.subjects };
  };
}

async function orNull(secret: Promise<string>): Promise<string | null> {
  try {
    return await secret;
  } catch (error) {
    if (error instanceof SecretMissing) {
      return null;
    }
    throw error;
  }
}

/** While a secret is replaced there are two, the new one and the old: either will do. */
function anyOf(verifiers: readonly VerifyNotices[]): VerifyNotices {
  return (...request) => {
    let refused = new InvalidSignature('there is no secret');
    for (const verify of verifiers) {
      try {
        return verify(...request);
      } catch (error) {
        if (!(error instanceof InvalidSignature)) {
          throw error;
        }
        refused = error;
      }
    }
    throw refused;
  };
}
