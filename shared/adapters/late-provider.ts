import type { Provider } from '../ports/provider.ts';
import { logger } from '../runtime/observability.ts';

/**
 * A PSP whose adapter is loaded when it is first called: its code is a chunk of its own, which a stage
 * without that PSP never reads. While it cannot be loaded nothing is sent, and the next call tries
 * again.
 *
 * @param known what is said of the PSP before its adapter is loaded
 */
export function lateProvider(
  name: string,
  open: () => Promise<Provider>,
  known: Pick<Provider, 'remembersChargesMs'> = {},
): Provider {
  let opened: Provider | null = null;
  const provider = async (): Promise<Provider | null> => {
    try {
      opened ??= await open();
      return opened;
    } catch (error) {
      logger.error('the adapter of a PSP cannot be loaded', error as Error);
      return null;
    }
  };
  const reason = 'not sent: the adapter cannot be loaded';
  const busy = { kind: 'busy', reason } as const;
  return {
    name,
    ...known,
    charge: async (request) => (await provider())?.charge(request) ?? busy,
    capture: async (request) => (await provider())?.capture(request) ?? busy,
    void: async (request) => (await provider())?.void(request) ?? busy,
    refund: async (request) => (await provider())?.refund(request) ?? busy,
    inquire: async (request) =>
      (await provider())?.inquire(request) ?? { kind: 'unavailable', reason },
    referenceOf: async (providerReference) => {
      const loaded = await provider();
      if (!loaded) {
        throw new Error(reason);
      }
      return (await loaded.referenceOf?.(providerReference)) ?? null;
    },
  };
}
