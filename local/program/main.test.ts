import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionError } from '../../client/src/index.ts';
import type { Entry } from './entry.ts';
import { command } from './group.ts';
import { paysaga } from './main.ts';
import { json } from './specs.ts';

const os = vi.hoisted(() => ({ userInfo: vi.fn(() => ({ username: 'ada' })) }));
vi.mock('node:os', async (original) => ({ ...(await original<object>()), ...os }));

const program = vi.hoisted(() => ({ groups: {} as Record<string, Entry> }));
vi.mock('./groups.ts', () => program);

function has(name: string, load: Entry['load']): void {
  program.groups[name] = { section: 'repository', summary: 'for the test', load };
}

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, 'error').mockImplementation((line) => said.push(line));
  vi.spyOn(console, 'log').mockImplementation((line) => said.push(line));
});
afterEach(() => vi.restoreAllMocks());

describe('a command line', () => {
  it('that names a group which cannot be loaded ends with 1, and says why', async () => {
    has('broken', () => Promise.reject(new Error('no such package')));
    expect(await paysaga(['broken', '--json'])).toBe(1);
    expect(said).toEqual(['{"error":{"code":"failed","message":"no such package"}}']);
    said.length = 0;
    expect(await paysaga(['broken'])).toBe(1);
    expect(said).toEqual([expect.stringContaining('no such package')]);
  });

  it.each([
    ['bea', 'bea'],
    ['', 'unknown'],
  ])(
    'is run for whom the environment names, %j, where the system has no name',
    async (user, found) => {
      vi.stubEnv('USER', user);
      os.userInfo.mockImplementation(() => {
        throw new Error('uv_os_get_passwd returned ENOENT');
      });
      has('who', () =>
        Promise.resolve(
          command({
            says: 'Says who asks.',
            options: {},
            read: (_given, caller) => caller.user,
            run: async (name) => {
              console.log(name);
              return 0;
            },
          }),
        ),
      );
      expect(await paysaga(['who'])).toBe(0);
      expect(said).toEqual([found]);
      vi.unstubAllEnvs();
    },
  );

  it('says with which key a call is sent again of which nobody knows what it did', async () => {
    has('lost', () =>
      Promise.resolve(
        command({
          says: 'Gets no answer.',
          options: { json },
          read: () => null,
          run: async () => {
            throw new ConnectionError('no answer', { effect: 'unknown', idempotencyKey: 'k-1' });
          },
        }),
      ),
    );
    const message = 'no answer (send it again with --key k-1)';
    expect(await paysaga(['lost'])).toBe(4);
    expect(said).toEqual([expect.stringContaining(message)]);
    said.length = 0;
    expect(await paysaga(['lost', '--json'])).toBe(4);
    expect(said.map((line) => JSON.parse(line))).toEqual([
      { error: { code: 'nothing_answers', message, idempotency_key: 'k-1' } },
    ]);
  });
});
