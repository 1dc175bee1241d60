/** The bus source of the events of payments. */
export const paymentEventSource = 'paysaga.payments';

/** The bus source of the events of payouts. */
export const payoutEventSource = 'paysaga.payouts';

/** All that we put events on the bus as. */
export const eventSources = [paymentEventSource, payoutEventSource] as const;
