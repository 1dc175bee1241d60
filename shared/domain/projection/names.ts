/** The read models that are made from payments' events, and can be made again from them. */
export const projectionNames = ['payment_list', 'daily_totals'] as const;

export type ProjectionName = (typeof projectionNames)[number];

/** The metric of how long events take to come into them, in ms, by the dimension `projection`. */
export const lagMetric = 'ProjectionLagMs';
