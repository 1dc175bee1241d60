import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { webhookEventTypes } from '../../../shared/contracts/webhooks.ts';
import { replayedEnvelope } from '../../../shared/runtime/replay/envelope.ts';
import { checkContracts, refusalOf } from './check.ts';
import { sentenceOf } from './finding.ts';
import { presentContracts } from './present.ts';
import { readRelease, releasedVersions, writeRelease } from './registry.ts';
import { withMember, withoutMember } from './testing/edit.ts';

const present = presentContracts();

describe('the contracts of this code', () => {
  it('break nobody who goes by a released one', async () => {
    const { latest, findings } = await checkContracts(present);
    expect(latest).not.toBeNull();
    expect(findings.map(sentenceOf)).toEqual([]);
  });
});

describe('what rules on the bus match', () => {
  const onBus = Object.entries(present.events).filter(([, { bus }]) => bus !== null);

  it('is what an event is sent with', () => {
    for (const [type, { bus }] of onBus) {
      const event = { id: 'id', type, time: '', subject: '' } as never;
      const replay = { name: 'replay', sideEffects: false } as never;
      const envelope = replayedEnvelope(event, replay, { account: '', region: '' });
      expect({ source: envelope.source, detail_type: envelope['detail-type'] }).toEqual(bus);
    }
  });

  it('is nothing of what webhooks alone carry', () => {
    const types = Object.keys(present.events).filter((type) => !present.events[type]?.bus);
    expect(types).toEqual(['webhook_endpoint.disabled']);
  });
});

describe('a release', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paysaga-contracts-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is read as it was written, with every event and nothing that leads nowhere', async () => {
    await writeRelease('1.0.0', present, folder);
    expect(await readRelease('1.0.0', folder)).toEqual(JSON.parse(JSON.stringify(present)));
    expect(Object.keys(present.events)).toEqual([...webhookEventTypes].sort());
    for (const [file, side] of [
      ['endpoints', null],
      ['events', null],
      ['input', 'input'],
      ['output', 'output'],
    ] as const) {
      const text = await readFile(join(folder, '1.0.0', `${file}.json`), 'utf8');
      for (const [, document, name = ''] of text.matchAll(/"\$ref": "(.*?)#\/\$defs\/(.*?)"/g)) {
        const defs =
          present[
            document === '' ? (side ?? 'input') : document === 'input.json' ? 'input' : 'output'
          ];
        expect(Object.keys(defs)).toContain(name);
      }
    }
  });

  it.each(['endpoints', 'events', 'errors', 'input', 'output'])(
    'that was changed by hand is found: %s',
    async (name) => {
      await writeRelease('1.0.0', present, folder);
      const file = join(folder, '1.0.0', `${name}.json`);
      const text = await readFile(file, 'utf8');
      await writeFile(file, text.replaceAll('\n', '\r\n'));
      await checkContracts(present, folder);
      const changed = JSON.parse(text);
      const [first] = Object.keys(changed.$defs ?? changed);
      delete (changed.$defs ?? changed)[first ?? ''];
      await writeFile(file, JSON.stringify(changed));
      await expect(checkContracts(present, folder)).rejects.toThrow(
        'the contracts of 1.0.0 are not those that were released',
      );
    },
  );

  it('that was taken away, or put there by hand, is found', async () => {
    await writeRelease('1.0.0', present, folder);
    await writeRelease('1.1.0', present, folder);
    await rename(join(folder, '1.1.0'), join(folder, '1.2.0'));
    await expect(checkContracts(present, folder)).rejects.toThrow(
      '1.1.0 was released, and its contracts are gone',
    );
    await cp(join(folder, '1.2.0'), join(folder, '1.1.0'), { recursive: true });
    await expect(checkContracts(present, folder)).rejects.toThrow(
      'the contracts of 1.2.0 are not those that were released',
    );
  });

  it('is never written again', async () => {
    await writeRelease('1.0.0', present, folder);
    await expect(writeRelease('1.0.0', present, folder)).rejects.toThrow(
      '1.0.0 is released, and stays as it is',
    );
  });

  it('comes in the order of numbers, and what is no version is none', async () => {
    for (const version of ['1.10.0', '1.9.0', '0.9.9', '1.9.10']) {
      await writeRelease(version, present, folder);
    }
    expect(await releasedVersions(folder)).toEqual(['0.9.9', '1.9.0', '1.9.10', '1.10.0']);
  });

  it('is compared with every release of its major version, and with none before', async () => {
    const noted = withMember(present, '/output/Refund', 'note', { required: true });
    await writeRelease('0.9.0', present, folder);
    await writeRelease(
      '1.0.0',
      withMember(noted, '/output/Refund', 'more', { required: true }),
      folder,
    );
    await writeRelease('1.1.0', noted, folder);
    const { latest, against, isChanged, findings } = await checkContracts(noted, folder);
    expect({ latest, against, isChanged }).toEqual({
      latest: '1.1.0',
      against: ['1.0.0', '1.1.0'],
      isChanged: false,
    });
    expect(new Set(findings.map(({ release, change }) => `${release} ${change}`))).toEqual(
      new Set(['1.0.0 member_removed']),
    );
  });

  it('may be any version when it is the first', async () => {
    expect(refusalOf('0.1.0', await checkContracts(present, folder))).toBeNull();
  });

  const added = withMember(present, '/output/Refund', 'note', { required: true });
  const broken = withoutMember(present, '/output/Refund', 'amount');
  it.each([
    ['1.2', present, '1.2 is no version: it has the form 1.2.3'],
    ['1.2.3', present, '1.2.3 is released, and stays as it is'],
    ['1.2.2', present, '1.2.2 comes before 1.2.3, which is released'],
    ['1.2.4', present, null],
    ['1.2.4', added, '1.2.4 changes the contracts of 1.2.3: it takes 1.3.0'],
    ['1.3.0', added, null],
    ['1.2.4', broken, '1.2.4 would break who goes by 1.2.3: it takes 2.0.0'],
    ['1.3.0', broken, '1.3.0 would break who goes by 1.2.3: it takes 2.0.0'],
    ['2.0.0', broken, null],
  ])('of %s may be what it says it is', async (version, contracts, refusal) => {
    await writeRelease('1.2.3', present, folder);
    expect(refusalOf(version, await checkContracts(contracts, folder))).toBe(refusal);
  });
});
