import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { apiOf } from './client-of.ts';
import type { Config, Identity } from './config.ts';
import { type Session, SessionContext } from './session.ts';
import { SignIn } from './sign-in.tsx';
import { readStored, type Stored, writeStored } from './stored.ts';
import { tenantsOf } from './who.ts';

/** Gives the session to what is in it; without one, asks for a key. */
export function SessionProvider({
  config,
  children,
}: {
  readonly config: Config;
  readonly children: ReactNode;
}) {
  const [stored, setStored] = useState(readStored);
  const queries = useQueryClient();
  const keep = useCallback(
    (next: Stored) => {
      writeStored(next);
      setStored(next);
      // What one of them sees is not the other's to see, not even for a moment.
      queries.clear();
    },
    [queries],
  );
  const identity = identityOf(config, stored);
  if (!identity) {
    return <SignIn config={config} onSignedIn={(signedIn) => keep({ signedIn })} />;
  }
  return (
    <SignedIn key={`${identity.name} ${stored.tenant}`} {...{ config, identity, stored, keep }}>
      {children}
    </SignedIn>
  );
}

function SignedIn({
  config,
  identity,
  stored,
  keep,
  children,
}: {
  readonly config: Config;
  readonly identity: Identity;
  readonly stored: Stored;
  readonly keep: (stored: Stored) => void;
  readonly children: ReactNode;
}) {
  const { operator, apiKey } = identity;
  const stage = useMemo(() => apiOf(config.apiUrl, apiKey, null), [config, apiKey]);
  const known = useMemo(
    () => config.identities.flatMap((one) => (one.operator ? [] : (one.tenant ?? []))),
    [config],
  );
  const { data: tenants = known } = useQuery({
    queryKey: ['tenants', identity.name],
    queryFn: async ({ signal }) => (await tenantsOf(stage, signal)) ?? known,
    enabled: operator,
    staleTime: 60_000,
  });
  const tenant = operator ? (stored.tenant ?? tenants[0] ?? null) : identity.tenant;
  const api = useMemo(
    () => (operator ? apiOf(config.apiUrl, apiKey, tenant) : stage),
    [config, operator, apiKey, tenant, stage],
  );
  const session = useMemo<Session>(
    () => ({
      config,
      identity,
      operator,
      tenant,
      tenants: operator ? tenants : [],
      setTenant: (next) => keep({ ...stored, tenant: next }),
      choose: (name) => keep({ ...stored, identity: name }),
      signOut: () => keep({}),
      ...api,
      stage,
    }),
    [config, identity, operator, tenant, tenants, keep, stored, api, stage],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

function identityOf({ identities }: Config, { identity, signedIn }: Stored): Identity | null {
  if (identities.length > 0) {
    return identities.find(({ name }) => name === identity) ?? identities[0] ?? null;
  }
  return signedIn
    ? { name: signedIn.operator ? 'operator' : 'merchant', tenant: null, ...signedIn }
    : null;
}
