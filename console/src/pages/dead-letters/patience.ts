/**
 * How calls about letters wait: for as long as the API's gateway, and once. A read that is sent again
 * while the first one goes on finds the letters taken, by itself.
 */
export const patience = { timeoutMs: 29_000, maxRetries: 0 } as const;
