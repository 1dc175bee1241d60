import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { memoryDataKeys } from '../../../shared/adapters/memory/personal-data.ts';
import { BoxDoesNotOpen } from '../../../shared/adapters/personal-data/box.ts';
import { personalDataVault } from '../../../shared/adapters/personal-data/vault.ts';
import type { CustomerKeys } from '../../../shared/ports/personal-data.ts';

const ada = { name: 'Ada Byron', email: 'ada@shop.example' };
const [first, second] = ['2026-11-21T10:00:00.000Z', '2026-11-22T10:00:00.000Z'];

interface Opened {
  readonly keys: CustomerKeys;
  readonly close: () => Promise<void>;
}

/** What an adapter of the customers' keys has to do, under the vault that works on it. */
export function vaultConforms(name: string, opened: () => Promise<Opened>): void {
  describe(`personal data, with its keys in ${name}`, () => {
    let keys: CustomerKeys;
    let close: Opened['close'];
    beforeAll(async () => {
      ({ keys, close } = await opened());
    });
    afterAll(() => close());

    let customers = 0;
    const someone = (tenant = 'acme') => ({ tenant, id: `c-${++customers}` });

    /** A process: what it knows of keys is its own; the key service and the table are all processes'. */
    function aStage() {
      const service = memoryDataKeys();
      const dataKeys = { generate: vi.fn(service.generate), unwrap: vi.fn(service.unwrap) };
      let nowMs = Date.parse(first);
      const aProcess = (kept: CustomerKeys = keys) =>
        personalDataVault({
          keys: kept,
          dataKeys,
          newKeyId: randomUUID,
          randomBytes,
          nowMs: () => nowMs,
        });
      return {
        aProcess,
        dataKeys,
        pass: (ms: number) => {
          nowMs += ms;
        },
      };
    }

    let reads = 0;
    let allHaveRead = () => {};
    let together = Promise.resolve();
    /** The same keys, which answer a read when so many have read. */
    const readTogether = (count: number): CustomerKeys => ({
      ...keys,
      read: async (whose) => {
        const found = await keys.read(whose);
        if (reads === 0) {
          together = new Promise((resolve) => {
            allHaveRead = resolve;
          });
        }
        if (++reads === count) {
          reads = 0;
          allHaveRead();
        }
        await together;
        return found;
      },
    });

    it('is opened by any process, and only by whose it is', async () => {
      const { aProcess } = aStage();
      const whose = someone();
      const sealed = await aProcess().seal(whose, ada);
      expect(JSON.stringify(sealed)).not.toMatch(/Ada|shop/);
      expect(await aProcess().open(whose, sealed)).toEqual(ada);
    });

    it('has one key a customer, and the same digest for the same data', async () => {
      const { aProcess, dataKeys } = aStage();
      const whose = someone();
      const [one, other] = [await aProcess().seal(whose, ada), await aProcess().seal(whose, ada)];
      expect(other.key_id).toBe(one.key_id);
      expect(other.digest).toBe(one.digest);
      expect(other.box).not.toBe(one.box);
      expect(dataKeys.generate).toHaveBeenCalledTimes(1);
      const changed = await aProcess().seal(whose, { ...ada, email: null });
      expect(changed.digest).not.toBe(one.digest);
    });

    it('asks the key service once a minute in a process', async () => {
      const { aProcess, dataKeys, pass } = aStage();
      const whose = someone();
      const vault = aProcess();
      const sealed = await vault.seal(whose, ada);
      await vault.seal(whose, ada);
      await vault.open(whose, sealed);
      expect(dataKeys.unwrap).toHaveBeenCalledTimes(0);
      pass(60_000);
      expect(await vault.open(whose, sealed)).toEqual(ada);
      expect(await vault.open(whose, sealed)).toEqual(ada);
      expect(dataKeys.unwrap).toHaveBeenCalledTimes(1);
    });

    it('has one key when ten processes seal at once for the first time', async () => {
      const { aProcess, dataKeys } = aStage();
      const whose = someone();
      const all = await Promise.all(
        Array.from({ length: 10 }, () => aProcess(readTogether(10)).seal(whose, ada)),
      );
      expect(new Set(all.map(({ key_id, digest }) => `${key_id} ${digest}`)).size).toBe(1);
      expect(dataKeys.generate).toHaveBeenCalledTimes(10);
      expect(dataKeys.unwrap).toHaveBeenCalledTimes(9);
      for (const sealed of all) {
        expect(await aProcess().open(whose, sealed)).toEqual(ada);
      }
    });

    it('is erased for every process at once, also for one that has just used the key', async () => {
      const { aProcess } = aStage();
      const whose = someone();
      const other = aProcess();
      const sealed = await other.seal(whose, ada);
      expect(await aProcess().erase(whose, sealed.key_id, first)).toBe(first);
      expect(await other.open(whose, sealed)).toBe('erased');
      expect(await aProcess().open(whose, sealed)).toBe('erased');
      expect(await aProcess().find(whose)).toEqual({ keyId: null, erasedAt: first });
      expect(JSON.stringify(await keys.read(whose))).not.toContain(sealed.key_id);
    });

    it('is erased once: said again, it is the first time', async () => {
      const { aProcess } = aStage();
      const whose = someone();
      const { key_id } = await aProcess().seal(whose, ada);
      expect(await aProcess().erase(whose, key_id, first)).toBe(first);
      expect(await aProcess().erase(whose, key_id, second)).toBe(first);
    });

    it('is erased under the key that is meant, and under none that came since', async () => {
      const { aProcess } = aStage();
      const whose = someone();
      const before = await aProcess().seal(whose, ada);
      expect(await aProcess().erase(whose, randomUUID(), first)).toBeNull();
      expect(await aProcess().open(whose, before)).toEqual(ada);
      await aProcess().erase(whose, before.key_id, first);
      const after = await aProcess().seal(whose, ada);
      expect(await aProcess().erase(whose, before.key_id, second)).toBe(first);
      expect(await aProcess().find(whose)).toEqual({ keyId: after.key_id, erasedAt: first });
      expect(await aProcess().open(whose, after)).toEqual(ada);
    });

    it('gets another key after an erasure, with which the old stays shut', async () => {
      const { aProcess } = aStage();
      const whose = someone();
      const vault = aProcess();
      const before = await vault.seal(whose, ada);
      await aProcess().erase(whose, before.key_id, first);
      const after = await vault.seal(whose, ada);
      expect(after.key_id).not.toBe(before.key_id);
      expect(after.digest).not.toBe(before.digest);
      expect(await vault.open(whose, after)).toEqual(ada);
      expect(await vault.open(whose, before)).toBe('erased');
      // Said to be of the new key, too.
      const moved = vault.open(whose, { ...before, key_id: after.key_id });
      await expect(moved).rejects.toThrow(BoxDoesNotOpen);
      expect(await aProcess().find(whose)).toEqual({ keyId: after.key_id, erasedAt: first });
      expect(await aProcess().erase(whose, after.key_id, second)).toBe(second);
      expect(await vault.open(whose, after)).toBe('erased');
    });

    it('knows nothing of a customer of whom nothing was sealed', async () => {
      const { aProcess } = aStage();
      const whose = someone();
      expect(await aProcess().find(whose)).toBeNull();
      expect(await aProcess().erase(whose, randomUUID(), first)).toBeNull();
      expect(await aProcess().find(whose)).toBeNull();
    });

    it.each([
      ['another customer', 'acme', 'c-other'],
      ['the same customer of another tenant', 'globex', null],
      ['a tenant whose name ends as a key of the table does', 'acme#CUSTOMER', null],
    ])('does not open for %s', async (_, tenant, id) => {
      const { aProcess } = aStage();
      const whose = someone();
      const other = { tenant, id: id ?? whose.id };
      const sealed = await aProcess().seal(whose, ada);
      expect(await aProcess().open(other, sealed)).toBe('erased');
      const theirs = await aProcess().seal(other, { name: 'Bob', email: null });
      expect(await aProcess().open(other, sealed)).toBe('erased');
      const moved = aProcess().open(other, { ...sealed, key_id: theirs.key_id });
      await expect(moved).rejects.toThrow(BoxDoesNotOpen);
      await aProcess().erase(other, theirs.key_id, first);
      expect(await aProcess().open(whose, sealed)).toEqual(ada);
    });

    it('does not open with a wrapped key that was put beside another customer', async () => {
      const { aProcess } = aStage();
      const [whose, other] = [someone(), someone()];
      const sealed = await aProcess().seal(whose, ada);
      const stolen = await keys.read(whose);
      const moved: CustomerKeys = { ...keys, read: async () => stolen };
      await expect(aProcess(moved).open(other, sealed)).rejects.toThrow();
    });

    it('is lost, and nothing else, when an erasure comes between reading a key and sealing', async () => {
      const { aProcess } = aStage();
      const whose = someone();
      await aProcess().seal(whose, ada);
      const late: CustomerKeys = {
        ...keys,
        read: async (asked) => {
          const found = await keys.read(asked);
          await keys.erase(asked, found?.key?.keyId ?? '', first);
          return found;
        },
      };
      const sealed = await aProcess(late).seal(whose, ada);
      expect(await aProcess().open(whose, sealed)).toBe('erased');
    });
  });
}
