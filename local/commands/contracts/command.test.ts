import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { presentContracts } from '../../../docs/contracts/compatibility/present.ts';
import type { Release } from '../../../docs/contracts/compatibility/release.ts';
import { withMember, withoutMember } from '../../../docs/contracts/compatibility/testing/edit.ts';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { contractsCommand } from './command.ts';
import { contracts as contractsGroup } from './group.ts';

const contracts = presentContracts();

describe('npm run contracts', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paysaga-contracts-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function run(args: string, present: Release = contracts, fixtures: string[] = []) {
    const printed: string[] = [];
    const request = requestOf(contractsGroup, args.split(' '), { user: 'me', nowMs: 0 });
    const status = await contractsCommand(request, {
      present: () => present,
      folder,
      writeFixtures: async () => fixtures,
      print: (text) => printed.push(text),
    });
    return { status, text: printed.join('\n') };
  }

  it('says what there is to say of contracts that are not released', async () => {
    expect(await run('check')).toEqual({ status: 0, text: 'Nothing is released yet.' });
  });

  it('releases contracts once', async () => {
    expect(await run('release 1.0.0')).toMatchObject({
      status: 0,
      text: expect.stringMatching(/1\.0\.0 is released\.$/),
    });
    expect((await readdir(join(folder, '1.0.0'))).sort()).toEqual([
      'endpoints.json',
      'errors.json',
      'events.json',
      'input.json',
      'output.json',
    ]);
    expect(await run('release 1.0.0')).toEqual({
      status: 1,
      text: 'Not released: 1.0.0 is released, and stays as it is.',
    });
    expect(await run('check')).toEqual({ status: 0, text: 'The contracts are those of 1.0.0.' });
  });

  it('lets contracts grow under a minor version', async () => {
    const grown = withMember(contracts, '/output/Refund', 'note', { required: true });
    await run('release 1.0.0');
    expect(await run('check', grown)).toEqual({
      status: 0,
      text: 'The contracts have changed since 1.0.0, and break nobody who goes by 1.0.0.',
    });
    expect((await run('release 1.0.1', grown)).text).toBe(
      'Not released: 1.0.1 changes the contracts of 1.0.0: it takes 1.1.0.',
    );
    expect(await run('release 1.1.0', grown)).toMatchObject({ status: 0 });
  });

  it('refuses what breaks somebody, and says whom, but under a major version', async () => {
    const broken = withoutMember(contracts, '/output/RefundApproval', 'amount');
    await run('release 1.0.0');
    const sentence =
      '- approveRefund of 1.0.0 at /answers/201/properties/amount: member_removed, a member is gone (amount is gone); this breaks callers of POST /payments/{payment_id}/refund-approvals and client/ (approveRefund).';
    expect(await run('check', broken)).toEqual({
      status: 1,
      text: `${sentence}\n\n1 breaking changes.`,
    });
    expect(await run('release 1.1.0', broken)).toEqual({
      status: 1,
      text: `${sentence}\nNot released: 1.1.0 would break who goes by 1.0.0: it takes 2.0.0.`,
    });
    const major = await run('release 2.0.0', broken);
    expect(major).toMatchObject({ status: 0 });
    expect(major.text).toContain(sentence);
    expect(await run('check', broken)).toMatchObject({ status: 0 });
  });

  it('says the same as JSON', async () => {
    const broken = withoutMember(contracts, '/output/RefundApproval', 'amount');
    await run('release 1.0.0');
    const { status, text } = await run('check --json', broken);
    expect(status).toBe(1);
    expect(JSON.parse(text)).toMatchObject({
      latest: '1.0.0',
      against: ['1.0.0'],
      changed: true,
      compatible: false,
      findings: [
        {
          contract: 'approveRefund',
          change: 'member_removed',
          pointer: '/answers/201/properties/amount',
        },
      ],
    });
    const refused = await run('release 1.0.1 --json', broken);
    expect(JSON.parse(refused.text)).toMatchObject({
      version: '1.0.1',
      refusal: expect.stringContaining('it takes 2.0.0'),
      files: [],
    });
  });

  it('says which fixtures it wrote', async () => {
    expect((await run('fixtures')).text).toBe('Every version of events has its fixtures.');
    expect((await run('fixtures', contracts, ['v3/payment-01.json'])).text).toBe(
      'v3/payment-01.json\nWritten; they stay as they are from now on.',
    );
    expect((await run('fixtures --json', contracts, ['v3/payment-01.json'])).text).toBe(
      '{"files":["v3/payment-01.json"]}',
    );
  });

  it.each(['', 'check 1.0.0', 'release', 'release 1.0.0 2.0.0', 'fixtures now', 'check --yes'])(
    'takes nothing else: %s',
    async (args) => {
      await expect(run(args)).rejects.toThrow(UsageError);
    },
  );
});
