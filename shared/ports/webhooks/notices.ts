import type { ProviderNoticeMessage } from '../../contracts/events/notices.ts';

export interface NoticeOptions {
  /** How much later it is sent on: up to 900. At once unless told otherwise. */
  readonly delaySeconds?: number;
}

/** Puts what a PSP or a bank has signed where it is worked off, be it of the contract or not. */
export type QueueNotice = (notice: unknown) => Promise<void>;

/** Sends what a PSP or a bank says unasked. It may arrive twice, late, or before what came first. */
export type SendNotice = (notice: ProviderNoticeMessage, options?: NoticeOptions) => Promise<void>;
