import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenSimulatorStores } from './records.ts';

/** What every store of where the simulator posts its notices has to do. */
export function simulatorWebhooksConformance(
  kind: string,
  open: () => Promise<OpenSimulatorStores>,
) {
  describe(`the simulator's webhook endpoints on ${kind}`, () => {
    let opened: OpenSimulatorStores;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    it('are none at first, then the last that was put, for each PSP its own', async () => {
      const { webhooks, other } = opened;
      expect(await webhooks.get()).toBeNull();
      const first = { url: 'https://a.example.com/1', secret: 'whsec_a' };
      const second = { url: 'https://a.example.com/2', secret: 'whsec_b' };
      await webhooks.put(first);
      expect(await webhooks.get()).toEqual(first);
      await webhooks.put(second);
      expect(await webhooks.get()).toEqual(second);
      expect(await other.webhooks.get()).toBeNull();
      await other.webhooks.put(first);
      expect([await webhooks.get(), await other.webhooks.get()]).toEqual([second, first]);
    });
  });
}
