import type { Evidence } from '../proof/evidence.ts';

export interface Secret {
  readonly what: string;
  readonly text: string;
}

/** Looks for texts, and for one that may be found: whoever does not see that one sees nothing. */
export function searchFor(secrets: readonly Secret[], legitimate: string) {
  const searched: Record<string, number> = {};
  const found: string[] = [];
  let seen = 0;
  return {
    /** @param kind by which it is counted @param place by which a find is told */
    look: (kind: string, text: string, place: string): void => {
      searched[kind] = (searched[kind] ?? 0) + 1;
      for (const { what, text: secret } of secrets) {
        if (text.includes(secret)) {
          found.push(`${what} in ${place}`);
        }
      }
      seen += text.includes(legitimate) ? 1 : 0;
    },
    result: (): Evidence['secrets'] => ({ searched, found, legitimate: seen }),
  };
}
