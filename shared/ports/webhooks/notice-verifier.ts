/** A request that its PSP has not signed, or not lately. `message` says why, for the log alone. */
export class InvalidSignature extends Error {
  override readonly name = 'InvalidSignature';
}

/** Header values by lower-case name; of one that came twice, the last. */
export interface NoticeHeaders {
  readonly get: (name: string) => string | undefined;
}

/**
 * Finds out whether a PSP has signed a request, by the bytes as they came, and what it says in it:
 * notices in the form of `ProviderNotice`, which nobody has checked yet; none for what we need not know.
 * A body that is not JSON is one notice, its text: what is signed and makes no sense is for a person.
 *
 * @param nowMs since 1970; a library that takes no time uses its own clock
 * @throws InvalidSignature
 */
export type VerifyNotices = (
  headers: NoticeHeaders,
  rawBody: Buffer,
  nowMs: number,
) => readonly unknown[];

/** Whom a PSP's notices may be about: a PSP tells of payments, a bank of payouts. */
export type NoticeSubject = 'payment' | 'payout';

/** How a PSP's requests are known to be its own. */
export interface NoticeSource {
  readonly verify: VerifyNotices;
  readonly subjects: readonly NoticeSubject[];
}

/** Null for a name that the stage has no PSP or no secret for. */
export type FindNoticeSource = (provider: string) => Promise<NoticeSource | null>;
