import type { ProviderNoticeMessage } from '../contracts/events/notices.ts';

/** Sends what a PSP or a bank says unasked. It may arrive twice, late, or before what came first. */
export type SendNotice = (notice: ProviderNoticeMessage) => Promise<void>;
