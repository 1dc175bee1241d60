import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memorySeenNotices } from '../../../shared/adapters/memory/seen-notices.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import {
  InvalidSignature,
  type NoticeSource,
} from '../../../shared/ports/webhooks/notice-verifier.ts';
import type { SeenNotices } from '../../../shared/ports/webhooks/seen-notices.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { logger, metrics } from '../../../shared/runtime/observability.ts';
import { apiEvent, invoke } from '../../../test/support/api/api-event.ts';
import { aPayoutNotice } from '../../../test/support/payouts.ts';
import { aResultNotice } from '../../../test/support/result-notices.ts';
import { seenForMs, takeWebhook } from './take-webhook.ts';

const payment = derivedId('test', 'payment');
const notice = { ...aResultNotice('charge', 'effect', payment), provider: 'psp' };
const payout = { ...aPayoutNotice('payout.paid', payment), provider: 'psp' };

/** A PSP whose requests are signed when they say so, and which says what their body has. */
const psp: NoticeSource = {
  subjects: ['payment'],
  verify: ({ get }, rawBody) => {
    if (get('signature') !== 'good') {
      throw new InvalidSignature('not signed');
    }
    return JSON.parse(rawBody.toString());
  },
};

/** As `psp`, and it tells of payouts too. */
const bank: NoticeSource = { ...psp, subjects: ['payment', 'payout'] };

function anEndpoint({
  sources = { psp },
  seen: given = {},
}: {
  readonly sources?: Readonly<Record<string, NoticeSource>>;
  readonly seen?: Partial<SeenNotices>;
} = {}) {
  const log: string[] = [];
  const queued: unknown[] = [];
  let nowMs = 1_000;
  const seen = { ...memorySeenNotices(), ...given };
  const handler = httpHandler(
    endpoints.takeProviderWebhook,
    null,
    takeWebhook({
      sourceOf: async (name) => sources[name] ?? null,
      seen: {
        has: (key, at) => seen.has(key, at),
        mark: (key, until) => {
          log.push(`mark ${key.provider} ${key.id}`);
          return seen.mark(key, until);
        },
      },
      queue: async (said) => {
        log.push('queue');
        queued.push(said);
      },
      now: () => nowMs,
    }),
  );
  return {
    log,
    queued,
    pass: (ms: number) => {
      nowMs += ms;
    },
    send: (said: unknown, { provider = 'psp', signature = 'good' } = {}) =>
      invoke(
        handler,
        apiEvent({
          path: `/providers/${provider}/webhooks`,
          pathParameters: { provider },
          headers: { Signature: signature },
          body: typeof said === 'string' ? said : JSON.stringify([said].flat()),
        }),
      ),
  };
}

let counted: string[];
beforeEach(() => {
  counted = [];
  vi.spyOn(metrics, 'addMetric').mockImplementation((name) => {
    counted.push(name);
    return metrics;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a webhook that is signed', () => {
  it('is queued, then marked, then answered', async () => {
    const { send, log, queued } = anEndpoint();
    expect(await send(notice)).toMatchObject({ status: 200, json: { received: true } });
    expect(log).toEqual(['queue', `mark psp ${notice.id}`]);
    expect(queued).toEqual([notice]);
    expect(counted).toEqual([]);
  });

  it('is answered alike when it comes again, and not queued, for a day', async () => {
    const { send, queued, pass } = anEndpoint();
    const first = await send(notice);
    pass(seenForMs - 1);
    const second = await send(notice);
    expect([second.status, second.text]).toEqual([first.status, first.text]);
    expect(queued).toHaveLength(1);
    pass(1);
    await send(notice);
    expect(queued).toHaveLength(2);
  });

  it('is no answer when it could not be queued, and not marked: the PSP sends it again', async () => {
    const error = vi.spyOn(logger, 'error').mockImplementation(() => {});
    const seen = memorySeenNotices();
    let broken = true;
    const queued: unknown[] = [];
    const take = takeWebhook({
      sourceOf: async () => psp,
      seen,
      queue: async (said) => {
        if (broken) {
          throw new Error('no queue');
        }
        queued.push(said);
      },
      now: () => 1,
    });
    const handler = httpHandler(endpoints.takeProviderWebhook, null, take);
    const event = apiEvent({
      pathParameters: { provider: 'psp' },
      headers: { signature: 'good' },
      body: JSON.stringify([notice]),
    });
    expect((await invoke(handler, event)).status).toBe(500);
    broken = false;
    expect((await invoke(handler, event)).status).toBe(200);
    expect(queued).toHaveLength(1);
    expect(error).toHaveBeenCalledOnce();
  });

  it.each(['has', 'mark'] as const)('is taken while marks are out of order: %s', async (broken) => {
    vi.spyOn(logger, 'warn').mockImplementation(() => {});
    const fails = () => Promise.reject(new Error('no table'));
    const { send, queued } = anEndpoint({ seen: { [broken]: fails } });
    expect((await send(notice)).status).toBe(200);
    expect((await send(notice)).status).toBe(200);
    expect(queued).toEqual([notice, notice]);
  });

  it('may say several things, or nothing that we need to know', async () => {
    const { send, queued } = anEndpoint();
    const other = { ...notice, id: 'other' };
    expect((await send([notice, other])).status).toBe(200);
    expect((await send([])).status).toBe(200);
    expect(queued).toEqual([notice, other]);
  });

  it.each([
    ['of another version', { ...notice, type: 'charge.wondered' }],
    ['without a field', { ...notice, data: {} }],
    ['that is no object', 'over to you'],
    ['that is nothing', null],
  ])(
    'is queued with a notice %s, for a person to find it among the dead letters',
    async (_what, said) => {
      const { send, queued, log } = anEndpoint();
      expect((await send([said])).status).toBe(200);
      expect(queued).toEqual([said]);
      expect(log).toEqual(['queue']);
    },
  );

  it('is queued without what the contract does not know', async () => {
    const { send, queued } = anEndpoint();
    await send({ ...notice, cardholder: 'somebody' });
    expect(queued).toEqual([notice]);
  });

  it('is queued without the digits of card data in what is free text in it', async () => {
    const { send, queued } = anEndpoint({ sources: { psp: bank } });
    const card = '4242 4242 4242 4242';
    const said = {
      dispute_id: '4242424242424242',
      reference: payment,
      provider_reference: 'ch_4242424242424242',
      amount: 500,
      fee: 0,
      currency: 'EUR',
      reason: `not me, I have ${card}`,
    };
    const dispute = { ...notice, id: '4000056655665556', type: 'dispute.opened', data: said };
    const failure = { code: card, message: `no account behind ${card}, in 2026` };
    const failed = { ...payout, type: 'payout.failed', data: { ...payout.data, failure } };
    expect((await send([dispute, failed])).status).toBe(200);
    const hidden = '**** **** **** ****';
    expect(queued).toEqual([
      { ...dispute, data: { ...said, reason: `not me, I have ${hidden}` } },
      {
        ...failed,
        data: {
          ...payout.data,
          failure: { code: hidden, message: `no account behind ${hidden}, in ****` },
        },
      },
    ]);
  });

  it('is queued with its free text as it is when that is no card data', async () => {
    const { send, queued } = anEndpoint({ sources: { psp: bank } });
    const failure = { code: 'ac04', message: 'Account 12345 was closed on 2026-01-01.' };
    const failed = { ...payout, type: 'payout.failed', data: { ...payout.data, failure } };
    await send([failed, { ...payout, id: 'paid' }]);
    expect(queued).toEqual([failed, { ...payout, id: 'paid' }]);
  });

  it('is refused when it is of no contract and has card data in it, and not stored', async () => {
    const { send, queued } = anEndpoint();
    const answer = await send({ type: 'card', provider: 'psp', number: '4242 4242 4242 4242' });
    expect(answer).toMatchObject({ status: 400, json: { code: 'card_data_refused' } });
    expect(answer.text).not.toContain('4242');
    expect(queued).toEqual([]);
  });
});

describe('a webhook that is not what it must be', () => {
  const sources = { psp, other: bank };

  it.each([
    ['not signed', notice, { signature: 'bad' }],
    ['of nobody that the stage hears', notice, { provider: 'nobody' }],
    ['signed by one PSP in the name of another', notice, { provider: 'other' }],
    ['in the name of another, of no contract', { provider: 'other' }, {}],
    ['of a payout, by a PSP that is no bank', payout, {}],
  ])('is 401, counted, and not queued: %s', async (_what, said, how) => {
    const warn = vi.spyOn(logger, 'warn').mockImplementation(() => {});
    const { send, log } = anEndpoint({ sources });
    const answer = await send(said, how);
    expect(answer).toMatchObject({ status: 401, json: { code: 'invalid_signature' } });
    expect(answer.headers).toMatchObject({ 'Content-Type': 'application/problem+json' });
    expect(log).toEqual([]);
    expect(counted).toEqual(['WebhookRejected']);
    expect(warn).toHaveBeenCalledOnce();
  });

  it('is answered with the same words, whatever is wrong with it', async () => {
    vi.spyOn(logger, 'warn').mockImplementation(() => {});
    const { send } = anEndpoint({ sources });
    const answers = [
      await send(notice, { signature: 'bad' }),
      await send(notice, { provider: 'nobody' }),
      await send(notice, { provider: 'other' }),
      await send(payout),
    ];
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(new Set(answers.map(({ headers }) => JSON.stringify(headers))).size).toBe(1);
  });

  it('is not taken in part: one notice in another’s name, and none is queued', async () => {
    vi.spyOn(logger, 'warn').mockImplementation(() => {});
    const { send, queued } = anEndpoint({ sources });
    expect((await send([notice, { ...notice, provider: 'other' }])).status).toBe(401);
    expect(queued).toEqual([]);
  });

  it('leaves nothing of a stranger’s text in the log', async () => {
    const warn = vi.spyOn(logger, 'warn').mockImplementation(() => {});
    const { send } = anEndpoint();
    await send('SECRET', { provider: 'stranger-says', signature: 'SECRET' });
    expect(JSON.stringify(warn.mock.calls)).not.toMatch(/stranger-says|SECRET/);
  });

  it('is 413 when it is larger than what anybody may send', async () => {
    const { send, queued } = anEndpoint();
    const answer = await send([{ ...notice, filler: 'x'.repeat(1_025 * 1_024) }]);
    expect(answer).toMatchObject({ status: 413, json: { code: 'body_too_large' } });
    expect(queued).toEqual([]);
  });
});
