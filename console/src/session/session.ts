import { createContext, useContext } from 'react';
import type { Api } from './client-of.ts';
import type { Config, Identity } from './config.ts';

/** Who the console is at the moment, and whose data it shows. */
export interface Session {
  readonly config: Config;
  readonly identity: Identity;
  readonly operator: boolean;
  /** Whose data is read: an operator chooses; a merchant's is its own, null where only the key knows. */
  readonly tenant: string | null;
  /** What an operator can choose from; empty for a merchant. */
  readonly tenants: readonly string[];
  readonly setTenant: (tenant: string) => void;
  readonly choose: (identityName: string) => void;
  readonly signOut: () => void;
  /** Reads what is the chosen tenant's: payments, ledger, webhooks. */
  readonly client: Api['client'];
  readonly send: Api['send'];
  /** Reads and acts as itself: what is the stage's, such as dead letters and health. */
  readonly stage: Api;
}

export const SessionContext = createContext<Session | null>(null);

/** @throws Error outside of a session */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) {
    throw new Error('there is no session here');
  }
  return session;
}
