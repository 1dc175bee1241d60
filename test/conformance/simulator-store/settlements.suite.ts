import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  SettlementEntry,
  SettlementFile,
  SettlementStore,
} from '../../../shared/ports/simulator-store.ts';
import { aCharge, anEntry, aRecord, type OpenSimulatorStores } from './records.ts';

function aFile(number: number): SettlementFile {
  return {
    number,
    asked: {
      operation_id: randomUUID(),
      faults: [{ kind: 'missing_line', operation_id: 'op-1' }, { kind: 'extra_line' }],
      currencies: ['EUR', 'JPY'],
    },
    opened: '2026-01-01T00:00:00.000Z',
    state: 'open',
  };
}

const ids = (entries: readonly SettlementEntry[]) => entries.map(({ id }) => id).toSorted();

/** What every store of settlement files has to do. */
export function simulatorSettlementsConformance(
  kind: string,
  open: () => Promise<OpenSimulatorStores>,
) {
  describe(`the simulator's settlement files on ${kind}`, () => {
    let opened: OpenSimulatorStores;
    let store: SettlementStore;
    let lastNumber = 0;
    beforeAll(async () => {
      opened = await open();
      store = opened.settlements;
    });
    afterAll(() => opened.close());

    const anEffect = async (): Promise<SettlementEntry> => {
      const charge = aCharge();
      const entry = anEntry(charge);
      await opened.store.write(aRecord(charge, { entry }));
      return entry;
    };
    const effects = (count: number) => Promise.all(Array.from({ length: count }, anEffect));
    const anOpenFile = async (): Promise<number> => {
      lastNumber += 1;
      expect(await store.add(aFile(lastNumber))).toBe('written');
      return lastNumber;
    };
    const unsettledOf = async (entries: readonly SettlementEntry[]) => {
      const unsettled = new Set(ids(await store.unsettled()));
      return ids(entries.filter(({ id }) => unsettled.has(id)));
    };

    it('has an entry unsettled from the moment of its effect, as it was written', async () => {
      const entry = await anEffect();
      expect(await store.unsettled()).toContainEqual(entry);
    });

    it('has no entry of an effect that was refused, or that settles nothing', async () => {
      const charge = aCharge();
      await opened.store.write(aRecord(charge));
      const entry = anEntry(charge);
      expect(await opened.store.write(aRecord(charge, { entry }))).toBe('conflict');
      expect(await unsettledOf([entry])).toEqual([]);
    });

    it('lists files by number, each number once, as they were added', async () => {
      const numbers = [await anOpenFile(), await anOpenFile()];
      // Past one digit, where the order of texts could be another.
      while (lastNumber < 11) {
        numbers.push(await anOpenFile());
      }
      const again = { ...aFile(lastNumber), state: 'written' as const };
      expect(await store.add(again)).toBe('conflict');
      const files = await store.files();
      expect(files.map(({ number }) => number).slice(-numbers.length)).toEqual(numbers);
      const last = files.at(-1);
      expect(last).toEqual({ ...aFile(lastNumber), asked: last?.asked });
      expect(last?.asked).toMatchObject({ currencies: ['EUR', 'JPY'] });
      expect(last?.asked.operation_id).not.toBe(again.asked.operation_id);
    });

    it('gives a number to one of ten files that want it at once', async () => {
      lastNumber += 1;
      const results = await Promise.all(
        Array.from({ length: 10 }, () => store.add(aFile(lastNumber))),
      );
      expect(results.filter((result) => result === 'written')).toHaveLength(1);
    });

    it('moves entries into a file, whole', async () => {
      const [taken, left] = [await effects(3), await effects(1)];
      const number = await anOpenFile();
      await store.claim(number, taken);
      expect(await unsettledOf([...taken, ...left])).toEqual(ids(left));
      const entries = await store.entriesOf(number);
      expect(ids(entries)).toEqual(ids(taken));
      expect(entries).toContainEqual(taken[0]);
    });

    it('moves more entries than one transaction holds', async () => {
      const entries = await effects(120);
      const number = await anOpenFile();
      await store.claim(number, entries);
      expect(ids(await store.entriesOf(number))).toEqual(ids(entries));
      expect(await unsettledOf(entries)).toEqual([]);
    });

    it('leaves an entry in the file that has it, and moves the others', async () => {
      const [first, second] = [await effects(2), await effects(2)];
      const [one, two] = [await anOpenFile(), await anOpenFile()];
      await store.claim(one, first);
      await store.claim(two, [...first, ...second]);
      expect(ids(await store.entriesOf(one))).toEqual(ids(first));
      expect(ids(await store.entriesOf(two))).toEqual(ids(second));
      await store.claim(one, first);
      expect(ids(await store.entriesOf(one))).toEqual(ids(first));
    });

    it('moves nothing into a file that is sealed, written, or not there', async () => {
      const entries = await effects(2);
      const number = await anOpenFile();
      await store.seal(number);
      await store.claim(number, entries);
      await store.markWritten(number);
      await store.claim(number, entries);
      await store.claim(9_999, entries);
      expect(await store.entriesOf(number)).toEqual([]);
      expect(await store.entriesOf(9_999)).toEqual([]);
      expect(await unsettledOf(entries)).toEqual(ids(entries));
    });

    it('takes a file from open to sealed to written, and never back', async () => {
      const number = await anOpenFile();
      const state = async () => (await store.files()).find((file) => file.number === number)?.state;
      await store.markWritten(number);
      expect(await state()).toBe('open');
      await store.seal(number);
      expect(await state()).toBe('sealed');
      await store.markWritten(number);
      await store.seal(number);
      expect(await state()).toBe('written');
    });

    it('has each entry in one place when files, effects and a seal come at once', async () => {
      const early = await effects(60);
      const numbers = [await anOpenFile(), await anOpenFile(), await anOpenFile()];
      const [late] = await Promise.all([
        effects(20),
        ...numbers.map(async (number) => store.claim(number, await store.unsettled())),
        store.seal(numbers[0] as number),
      ]);
      const settled = (await Promise.all(numbers.map((number) => store.entriesOf(number)))).flat();
      const unsettled = await store.unsettled();
      const found = ids([...settled, ...unsettled]);
      expect(new Set(found).size).toBe(found.length);
      expect(ids([...early, ...late]).filter((id) => !found.includes(id))).toEqual([]);
    });
  });
}
