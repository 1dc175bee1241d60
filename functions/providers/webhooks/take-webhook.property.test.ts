import fc from 'fast-check';
import { expect, it } from 'vitest';
import { memorySeenNotices } from '../../../shared/adapters/memory/seen-notices.ts';
import { endpoints } from '../../../shared/contracts/endpoints.ts';
import { derivedId } from '../../../shared/domain/ids.ts';
import { httpHandler } from '../../../shared/runtime/http/handler.ts';
import { apiEvent, invoke } from '../../../test/support/api/api-event.ts';
import { aResultNotice } from '../../../test/support/result-notices.ts';
import { takeWebhook } from './take-webhook.ts';

const ids = ['n1', 'n2', 'n3'] as const;
const about = aResultNotice('charge', 'effect', derivedId('test', 'payment'));

/** Where a process ends, or a call fails, while a notice is taken; null: nowhere. */
const crashes = ['before the queue', 'after the queue', 'after the mark', null] as const;

/**
 * What a PSP does: it sends each of its notices until one try is answered 2xx, in whatever order, and
 * may send it again after that.
 */
it('each notice is queued at least once, and once where nothing crashed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ id: fc.constantFrom(...ids), crash: fc.constantFrom(...crashes) }), {
        maxLength: 20,
      }),
      async (tries) => {
        const queued: string[] = [];
        const seen = memorySeenNotices();
        let crash: (typeof crashes)[number] = null;
        const handler = httpHandler(
          endpoints.takeProviderWebhook,
          null,
          takeWebhook({
            sourceOf: async () => ({
              subjects: ['payment'],
              verify: (_headers, body) => [JSON.parse(body.toString())],
            }),
            seen: {
              has: seen.has,
              mark: async (...mark) => {
                if (crash !== 'after the queue') {
                  await seen.mark(...mark);
                }
              },
            },
            queue: async (notice) => {
              if (crash === 'before the queue') {
                throw new Error('the process ended');
              }
              queued.push((notice as { id: string }).id);
            },
            now: () => 1,
          }),
        );
        const send = async (id: string) => {
          const body = JSON.stringify({ ...about, id, provider: 'psp' });
          const event = apiEvent({ pathParameters: { provider: 'psp' }, body });
          return (await invoke(handler, event)).status;
        };
        // A crash after the queue, or after the mark, has no answer either.
        const answered = new Set<string>();
        for (const { id, crash: next } of tries) {
          crash = next;
          const status = await send(id);
          if (status === 200 && next === null) {
            answered.add(id);
          }
        }
        crash = null;
        for (const id of ids.filter((one) => !answered.has(one))) {
          expect(await send(id)).toBe(200);
        }
        for (const id of ids) {
          const times = queued.filter((one) => one === id).length;
          const lost = tries.filter((one) => one.id === id && one.crash === 'after the queue');
          expect(times).toBeGreaterThanOrEqual(1);
          expect(times).toBeLessThanOrEqual(1 + lost.length);
        }
      },
    ),
    { numRuns: 200 },
  );
});
