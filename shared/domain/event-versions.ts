/**
 * The versions of the events' `data` that are written now. What was written before is read by `upcast`
 * (`shared/contracts/events/upcast.ts`).
 */
export const paymentEventVersion = 2;
export const payoutEventVersion = 1;
