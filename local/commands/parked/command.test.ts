import { describe, expect, it } from 'vitest';
import { aParked, type ParkedName, why } from '../../../test/support/payments/parked.ts';
import { approvedAs } from '../../../test/support/payments/unknowns.ts';
import { UsageError } from '../../program/exit.ts';
import { requestOf } from '../../program/program.ts';
import { answer } from './command.ts';
import { parked } from './group.ts';

const parseParked = (args: readonly string[], user: string) =>
  requestOf(parked, args, { user, nowMs: 0 });

const operation = '01900000-0000-8000-8000-00000000000a';
const resolve = ['resolve', operation, '--outcome', 'no_effect', '--reason', why];

describe('the arguments of parked', () => {
  it('are a list', () => {
    expect(parseParked(['list'], 'ann')).toEqual({ kind: 'list', stage: 'local', json: false });
    expect(parseParked(['list', '--json', '--stage', 'prod'], 'ann')).toEqual({
      kind: 'list',
      stage: 'prod',
      json: true,
    });
  });

  it('are a word on an operation, of who is at the machine unless it is said', () => {
    const body = {
      operation_id: operation,
      outcome: 'no_effect',
      provider_reference: null,
      reason: why,
    };
    const common = { kind: 'resolve', stage: 'local', json: false, subject: null };
    expect(parseParked(resolve, 'ann')).toEqual({ ...common, body, by: 'ann' });
    const more = ['--by', ' bob ', '--payment', 'p', '--provider-reference', 'ch_1'];
    expect(parseParked([...resolve, ...more], 'ann')).toEqual({
      ...common,
      subject: 'p',
      by: 'bob',
      body: { ...body, provider_reference: 'ch_1' },
    });
  });

  it.each([
    [[]],
    [['show']],
    [['list', 'all']],
    [['list', '--reason', why]],
    [['list', '--stage', 'local2']],
    [['list', '--all']],
    [['resolve']],
    [['resolve', operation]],
    [['resolve', 'charge', '--outcome', 'ask', '--reason', why]],
    [['resolve', operation, operation, '--outcome', 'ask', '--reason', why]],
    [['resolve', operation, '--outcome', 'maybe', '--reason', why]],
    [['resolve', operation, '--outcome', 'ask']],
    [['resolve', operation, '--outcome', 'ask', '--reason', 'short']],
    [['resolve', operation, '--outcome', 'ask', '--reason', `          x`]],
    [['resolve', operation, '--outcome', 'ask', '--reason', `card ${'4242'.repeat(4)}`]],
    [[...resolve, '--by', ' ']],
    [[...resolve, '--provider-reference', 'a b']],
  ])('are not %j', (args) => {
    expect(() => parseParked(args, 'ann')).toThrow(UsageError);
  });

  it('say what is wrong by the name of the option', () => {
    const short = ['resolve', operation, '--outcome', 'ask', '--reason', 'short'];
    expect(() => parseParked(short, 'ann')).toThrow(
      '--reason must be a text of 10 to 500 characters',
    );
  });
});

async function aCommand(what: ParkedName, answers?: Parameters<typeof aParked>[1]) {
  const parked = await aParked(what, answers);
  const { since: parkedAt = '' } =
    (await parked.list('operations')).json.data[0] ?? ({} as { since?: string });
  const now = new Date(Date.parse(parkedAt) + 125 * 60_000).toISOString();
  return {
    ...parked,
    run: (...args: string[]) =>
      answer({ ...parked.uses, now: () => now }, parseParked(args, 'ann')),
  };
}

describe('parked list', () => {
  it('says what is at risk, for how long, and why', async () => {
    const { run, id, operationId } = await aCommand('refund');
    expect(await run('list')).toEqual({
      code: 1,
      lines: [
        `EUR 30.00  refund of payment ${id}, of acme, for 2 h 5 min`,
        `  operation ${operationId}`,
        '  nobody knows what became of it: nobody says',
        '  to be resolved by took_effect, no_effect, ask',
        '',
        '1 wait for a person. At risk: EUR 30.00',
      ],
    });
    expect((await (await aCommand('stuck charge')).run('list')).lines).toContain(
      '  its saga did not come to an end: nobody says',
    );
  });

  it('says when nothing waits, and ends well', async () => {
    const { run, say } = await aCommand('refund');
    await say('no_effect');
    expect(await run('list')).toEqual({ code: 0, lines: ['Nothing waits for a person.'] });
    expect(await run('list', '--json')).toEqual({ code: 0, lines: ['[]'] });
  });

  it('prints what the API would give', async () => {
    const { run, list } = await aCommand('capture');
    const { lines } = await run('list', '--json');
    expect(JSON.parse(lines[0] ?? '')).toEqual((await list('operations')).json.data);
  });

  it('says what was said and has not led to anything', async () => {
    const { run, operationId, write } = await aCommand('refund');
    await write({
      type: 'payment.outcome_resolved',
      facts: {
        operation_id: operationId,
        operation: 'refund',
        outcome: 'no_effect',
        provider_reference: null,
        by: 'bob',
        reason: why,
      },
    });
    expect((await run('list')).lines).toContain(
      '  bob said no_effect, which has not led to anything yet: say it again',
    );
  });
});

describe('parked resolve', () => {
  const saying = (outcome: string, ...more: string[]) => [
    '--outcome',
    outcome,
    '--reason',
    why,
    ...more,
  ];

  it('takes a word on what waits under an operation, on record', async () => {
    const { run, operationId, since, acts, id } = await aCommand('charge');
    const took = saying('took_effect', '--provider-reference', 'ch_9');
    expect(await run('resolve', operationId, ...took)).toEqual({
      code: 0,
      lines: [`EUR 100.00  charge of payment ${id}: took_effect as ch_9, said by ann: ${why}`],
    });
    expect(await since()).toEqual(['outcome_resolved', 'captured']);
    expect(await acts()).toMatchObject([{ by: 'ann', action: 'parked.resolve', reason: why }]);
  });

  it('needs the payment for what waits no more, and says what became of it', async () => {
    const { run, operationId, id, say } = await aCommand('refund');
    await say('no_effect');
    const again = ['resolve', operationId, ...saying('no_effect')];
    await expect(run(...again)).rejects.toThrow('name its payment with --payment');
    expect(await run(...again, '--payment', id)).toMatchObject({ code: 0 });
    await expect(
      run('resolve', operationId, ...saying('took_effect'), '--payment', id),
    ).rejects.toThrow('It is no_effect; what can be said: nothing.');
  });

  it('begins a saga anew', async () => {
    const { run, operationId, id } = await aCommand('stuck capture');
    expect((await run('resolve', operationId, ...saying('resume'))).lines).toEqual([
      `EUR 40.00  capture of payment ${id}: resumed: asked for by ann: ${why}`,
    ]);
  });

  it('asks the PSP, and says that it is known, or is not', async () => {
    const known = await aCommand('charge', [approvedAs()]);
    expect((await known.run('resolve', known.operationId, ...saying('ask'))).lines).toEqual([
      `EUR 100.00  charge of payment ${known.id}: took_effect as ch_9, said by psp`,
    ]);
    const unknown = await aCommand('charge', [{ kind: 'not_found' }]);
    expect(await unknown.run('resolve', unknown.operationId, ...saying('ask'))).toEqual({
      code: 1,
      lines: [
        `EUR 100.00  charge of payment ${unknown.id}: still unknown. the PSP has no record of it yet`,
        'to be resolved by took_effect, no_effect, ask',
      ],
    });
  });

  it('says which option does not fit, and what can be said', async () => {
    const { run, operationId } = await aCommand('charge');
    await expect(run('resolve', operationId, ...saying('took_effect'))).rejects.toThrow(
      new UsageError('--provider-reference is needed for a charge or a payout that took effect'),
    );
    await expect(run('resolve', operationId, ...saying('resume'))).rejects.toThrow(
      'It is parked; what can be said: took_effect, no_effect, ask.',
    );
  });
});
