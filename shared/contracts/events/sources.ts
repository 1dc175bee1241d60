/** The bus source of the events of payments. */
export const paymentEventSource = 'paysaga.payments';

/** The bus source of the events of payouts. */
export const payoutEventSource = 'paysaga.payouts';
