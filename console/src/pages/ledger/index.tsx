import { useParams } from 'react-router';
import { AccountPage } from './account.tsx';
import { LedgerPage } from './ledger.tsx';

/** The books of a tenant, or one account of them. */
export default function Ledger() {
  const { account } = useParams();
  return account ? <AccountPage key={account} id={account} /> : <LedgerPage />;
}
