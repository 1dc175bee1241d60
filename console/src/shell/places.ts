import {
  IconActivityHeartbeat,
  IconBook2,
  IconCash,
  IconMailExclamation,
  IconScale,
  IconUserExclamation,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react';

/** Where one can go, in the order of the navigation. */
export interface Place {
  readonly path: string;
  readonly name: string;
  readonly icon: TablerIcon;
  /** For those alone who operate the stage. */
  readonly operators?: true;
}

export const places: readonly Place[] = [
  { path: '/payments', name: 'Payments', icon: IconCash },
  { path: '/ledger', name: 'Ledger', icon: IconBook2 },
  { path: '/parked', name: 'Parked', icon: IconUserExclamation },
  { path: '/dead-letters', name: 'Dead letters', icon: IconMailExclamation, operators: true },
  { path: '/webhooks', name: 'Webhooks', icon: IconWebhook },
  { path: '/reconciliation', name: 'Reconciliation', icon: IconScale },
  { path: '/health', name: 'Health', icon: IconActivityHeartbeat, operators: true },
];
