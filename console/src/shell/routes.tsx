import { type ComponentType, createElement } from 'react';
import { createHashRouter, Navigate, type RouteObject } from 'react-router';
import { Loading } from '../components/query-view.tsx';
import { NotFound } from './not-found.tsx';
import { RouteFailure } from './route-failure.tsx';
import { Shell } from './shell.tsx';

/** A page is a bundle of its own, read when one first goes there. */
function page(path: string, load: () => Promise<{ readonly default: ComponentType }>): RouteObject {
  return { path, lazy: async () => ({ Component: (await load()).default }) };
}

const ledger = () => import('../pages/ledger/index.tsx');
const deadLetters = () => import('../pages/dead-letters/index.tsx');
const webhooks = () => import('../pages/webhooks/index.tsx');

export const router = createHashRouter([
  {
    element: createElement(Shell),
    errorElement: createElement(RouteFailure),
    hydrateFallbackElement: createElement(Loading, { rows: 6 }),
    children: [
      {
        errorElement: createElement(RouteFailure),
        children: [
          { index: true, element: createElement(Navigate, { to: '/payments', replace: true }) },
          {
            path: 'sign-in',
            element: createElement(Navigate, { to: '/payments', replace: true }),
          },
          page('payments', () => import('../pages/payments/index.tsx')),
          page('payments/:id', () => import('../pages/payment/index.tsx')),
          page('ledger', ledger),
          page('ledger/:account', ledger),
          page('dead-letters', deadLetters),
          page('dead-letters/:id', deadLetters),
          page('parked', () => import('../pages/parked/index.tsx')),
          page('webhooks', webhooks),
          page('webhooks/:endpoint', webhooks),
          page('reconciliation', () => import('../pages/reconciliation/index.tsx')),
          page('health', () => import('../pages/health/index.tsx')),
          { path: '*', element: createElement(NotFound) },
        ],
      },
    ],
  },
]);
