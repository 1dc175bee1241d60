import { expect, it } from 'vitest';
import type { Provider } from '../ports/provider.ts';
import { lateProvider } from './late-provider.ts';

const done = { kind: 'done' } as const;
const calls = ['charge', 'capture', 'void', 'refund', 'inquire'] as const;

function aProvider() {
  const asked: string[] = [];
  const call = (name: string) => async () => {
    asked.push(name);
    return done;
  };
  const provider = Object.fromEntries(calls.map((name) => [name, call(name)]));
  return { asked, provider: { name: 'psp', ...provider } as unknown as Provider };
}

const request = {} as never;

it('opens the PSP at the first call, once, and passes each call on', async () => {
  const { provider, asked } = aProvider();
  let opened = 0;
  const late = lateProvider('psp', async () => {
    opened += 1;
    return provider;
  });
  expect([late.name, opened]).toEqual(['psp', 0]);
  for (const name of calls) {
    expect(await late[name](request)).toEqual(done);
  }
  expect([asked, opened]).toEqual([calls, 1]);
});

it('asks it for a reference, which is none of ours where it cannot tell', async () => {
  const { provider } = aProvider();
  const able = { ...provider, referenceOf: async (id: string) => `payment of ${id}` };
  expect(await lateProvider('psp', async () => able).referenceOf?.('ch_1')).toBe('payment of ch_1');
  expect(await lateProvider('psp', async () => provider).referenceOf?.('ch_1')).toBeNull();
  const lost = lateProvider('psp', () => Promise.reject(new Error('no such chunk')));
  await expect(lost.referenceOf?.('ch_1')).rejects.toThrow('the adapter cannot be loaded');
});

it.each(calls)('sends nothing while it cannot be opened, and tries again: %s', async (name) => {
  const { provider, asked } = aProvider();
  const results = [() => Promise.reject(new Error('no such chunk')), async () => provider];
  const late = lateProvider('psp', () => (results.shift() ?? (async () => provider))());
  expect(await late[name](request)).toEqual({
    kind: name === 'inquire' ? 'unavailable' : 'busy',
    reason: 'not sent: the adapter cannot be loaded',
  });
  expect(asked).toEqual([]);
  expect(await late[name](request)).toEqual(done);
});
