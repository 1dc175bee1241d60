import { CustomerErasure, EraseCustomer, PaymentCustomer } from '../customers.ts';
import { NoQuery } from './common.ts';
import { endpoint } from './endpoint.ts';

/** Who pays, and what of that is personal. */
export const customerEndpoints = {
  getPaymentCustomer: endpoint({
    name: 'getPaymentCustomer',
    method: 'GET',
    path: '/payments/{payment_id}/customer',
    summary:
      'Who pays one payment, with the personal data that came with it; after an erasure without. 404 for a payment that names no customer.',
    access: { scope: 'customers:read', action: 'customers:read' },
    query: NoQuery,
    answers: { 200: PaymentCustomer },
    errors: ['not_found'],
  }),
  eraseCustomer: endpoint({
    name: 'eraseCustomer',
    method: 'POST',
    path: '/customers/{customer_id}/erase',
    summary:
      'Makes all personal data of a customer unreadable for good, wherever it is stored. Said again, it answers the same.',
    access: { scope: 'customers:write', action: 'customers:erase' },
    body: EraseCustomer,
    query: NoQuery,
    answers: { 200: CustomerErasure },
    errors: ['not_found', 'temporarily_unavailable'],
  }),
};
