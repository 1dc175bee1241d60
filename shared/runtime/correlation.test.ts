import { Tracer } from '@aws-lambda-powertools/tracer';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { lambdaContext } from '../../test/support/api/api-event.ts';
import { leastBody, memoryApi } from '../../test/support/api/memory-api.ts';
import { recordLogs } from '../../test/support/logs.ts';
import { exchange } from '../adapters/simulator-client/exchange.ts';
import { correlationIdUnderWay, logAs, observed, tracedAs } from './observability.ts';
import { sagaTask, type TaskInput } from './saga-task.ts';

const input: TaskInput = {
  payment_id: 'payment-1',
  operation_id: null,
  tenant: 'acme',
  correlation_id: 'the-one-id',
  execution: 'execution-1',
  retries: 0,
  error: null,
};

/** The headers of what a task asks a PSP. */
function askingTask() {
  const asked: Headers[] = [];
  const fetch = async (_url: unknown, options?: RequestInit) => {
    asked.push(new Headers(options?.headers));
    return new Response('{}');
  };
  const handler = sagaTask(async () => {
    await exchange(fetch as typeof globalThis.fetch, {
      url: 'http://psp',
      operation: { idempotencyKey: 'op-1', body: {} },
      deadlineMs: 1_000,
    });
  });
  return { asked, handler };
}

describe('a correlation id', () => {
  const logs = recordLogs();
  afterEach(() => vi.restoreAllMocks());

  it('goes from a task’s input to its one line and to the PSP', async () => {
    const { asked, handler } = askingTask();
    await handler(input, lambdaContext);
    expect(logs.lines()).toEqual([
      expect.objectContaining({
        message: 'done',
        payment_id: 'payment-1',
        tenant: 'acme',
        correlation_id: 'the-one-id',
      }),
    ]);
    expect(asked.map((headers) => headers.get('x-correlation-id'))).toEqual(['the-one-id']);
  });

  it('of one invocation is not the next one’s', async () => {
    await askingTask().handler(input, lambdaContext);
    const seen = await observed(async () => correlationIdUnderWay())({}, lambdaContext);
    expect(seen).toBeNull();
  });

  it('goes from a request to the line that says it was answered', async () => {
    const { json } = await memoryApi().pay(leastBody, {
      headers: { 'X-Correlation-Id': 'the-one-id', 'Idempotency-Key': 'k' },
    });
    expect(logs.lines()).toEqual([
      expect.objectContaining({
        message: 'answered',
        status: 202,
        latency_ms: expect.any(Number),
        payment_id: json.id,
        correlation_id: 'the-one-id',
        request_id: 'request-1',
      }),
    ]);
  });

  it('is an annotation of the trace, with what it is about, and nothing else is', async () => {
    const put = vi.spyOn(Tracer.prototype, 'putAnnotation').mockReturnValue();
    await observed(async () => {
      logAs({ tenant: 'acme', correlation_id: 'the-one-id', payment_id: 'payment-1' });
      logAs({ payout_id: 'payout-1' });
    })({}, lambdaContext);
    expect(put.mock.calls).toEqual([
      ['correlation_id', 'the-one-id'],
      ['payment_id', 'payment-1'],
      ['payout_id', 'payout-1'],
    ]);
  });
});

describe('a message of a batch', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(['ends', 'dies'])('has a part of the trace of its own, until it %s', async (how) => {
    const part = { addAnnotation: vi.fn(), close: vi.fn() };
    vi.spyOn(Tracer.prototype, 'isTracingEnabled').mockReturnValue(true);
    vi.spyOn(Tracer.prototype, 'getSegment').mockReturnValue({
      addNewSubsegment: () => part,
    } as never);
    const work = vi.fn(async () => {
      expect(part.close).not.toHaveBeenCalled();
      if (how === 'dies') {
        throw new Error('died');
      }
    });
    await Promise.allSettled([
      tracedAs({ tenant: 'acme', correlation_id: 'c', payment_id: 'p' }, work),
    ]);
    expect(part.addAnnotation.mock.calls).toEqual([
      ['correlation_id', 'c'],
      ['payment_id', 'p'],
    ]);
    expect(work).toHaveBeenCalledTimes(1);
    expect(part.close).toHaveBeenCalledTimes(1);
  });

  it('is done as it is where nothing is traced', async () => {
    const segment = vi.spyOn(Tracer.prototype, 'getSegment');
    expect(await tracedAs({ correlation_id: 'c' }, async () => 7)).toBe(7);
    expect(segment).not.toHaveBeenCalled();
  });
});
