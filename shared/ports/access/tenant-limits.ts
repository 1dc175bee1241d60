import type { RateLimit } from '../../domain/provider/rate.ts';

/** Some tokens of a bucket that all processes share. */
export interface TokenLease {
  readonly bucket: string;
  readonly limit: RateLimit;
  /** As many as this, or as many of them as there are. */
  readonly tokens: number;
  /** So many stay in the bucket. */
  readonly keep: number;
  readonly nowMs: number;
  /** The bucket as the process last saw it, which spares a call: its TAT in microseconds, or null. */
  readonly lastTatUs: number | null;
}

/** What was taken, and the bucket after it. */
export interface LeasedTokens {
  /** 0: there was none to take. */
  readonly tokens: number;
  readonly tatUs: number | null;
}

/** @throws Error when the bucket is out of reach, or others came first at each try */
export type LeaseTokens = (lease: TokenLease) => Promise<LeasedTokens>;
