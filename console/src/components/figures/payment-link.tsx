import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useSession } from '../../session/session.ts';

/** Leads to a payment. An operator reads on as its tenant, as no other can be asked for it. */
export function PaymentLink({
  id,
  tenant,
  children,
}: {
  readonly id: string;
  /** Null where nobody says whose it is: it is looked for at the tenant that is chosen. */
  readonly tenant: string | null;
  readonly children?: ReactNode;
}) {
  const session = useSession();
  const isOther = session.operator && tenant !== null && tenant !== session.tenant;
  return (
    <Anchor
      component={Link}
      to={`/payments/${id}`}
      inherit
      className="ps-break ps-above"
      {...(isOther ? { onClick: () => session.setTenant(tenant) } : {})}
    >
      {children ?? id}
    </Anchor>
  );
}
