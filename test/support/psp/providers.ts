import type { Provider, Providers } from '../../../shared/ports/provider.ts';

/** A stage with these PSPs; each charge may be offered to all of them, in their order. */
export function providersOf(...providers: readonly [Provider, ...Provider[]]): Providers {
  const [first, ...others] = providers.map(({ name }) => name) as [string, ...string[]];
  return {
    route: () => [first, ...others],
    named: (name) => {
      const provider = providers.find((candidate) => candidate.name === name);
      if (!provider) {
        throw new Error(`the stage has no PSP ${name}`);
      }
      return provider;
    },
  };
}
