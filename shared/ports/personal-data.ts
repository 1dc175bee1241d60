import type { Sealed } from '../contracts/payment.ts';
import type { CustomerOf, PersonalData } from '../domain/personal-data/personal-data.ts';

/**
 * Seals personal data under the data key of its customer, and makes that key if there is none: for the
 * first time, or anew after an erasure.
 */
export type SealPersonalData = (whose: CustomerOf, data: PersonalData) => Promise<Sealed>;

/**
 * Opens what was sealed; `erased` as soon as the key that it was sealed under is gone.
 *
 * @throws BoxDoesNotOpen when it is another customer's, or was changed
 */
export type OpenPersonalData = (
  whose: CustomerOf,
  sealed: Sealed,
) => Promise<PersonalData | 'erased'>;

/** What is known of a customer: which data key there is, and when the last one was erased. */
export interface CustomerState {
  /** Null: there is none since the erasure. */
  readonly keyId: string | null;
  /** RFC 3339; null when nothing was ever erased. */
  readonly erasedAt: string | null;
}

export interface PersonalDataVault {
  readonly seal: SealPersonalData;
  readonly open: OpenPersonalData;
  /** Null: nothing was ever sealed of such a customer. */
  readonly find: (whose: CustomerOf) => Promise<CustomerState | null>;
  /**
   * Deletes this data key of the customer, and no other. Nothing that was sealed under it opens any
   * more, wherever it is. Where it is not there any more, the time of the last erasure stays.
   *
   * @param keyId as `find` had it
   * @param at RFC 3339
   * @returns when the customer's last data key was erased; null when none ever was
   */
  readonly erase: (whose: CustomerOf, keyId: string, at: string) => Promise<string | null>;
}

/** A data key as it is kept: only the key service can unwrap it. */
export interface WrappedKey {
  readonly keyId: string;
  readonly wrapped: Uint8Array;
}

/** The customers' data keys, wrapped. All reads are strongly consistent. */
export interface CustomerKeys {
  readonly read: (
    whose: CustomerOf,
  ) => Promise<{ readonly key: WrappedKey | null; readonly erasedAt: string | null } | null>;
  /** @returns the key that the customer has: another one, when another came first */
  readonly keep: (whose: CustomerOf, key: WrappedKey, at: string) => Promise<WrappedKey>;
  readonly erase: PersonalDataVault['erase'];
}

/** The key service: 256-bit data keys, and what wraps them. */
export interface DataKeys {
  readonly generate: (
    whose: CustomerOf,
  ) => Promise<{ readonly plain: Uint8Array; readonly wrapped: Uint8Array }>;
  /** @throws when it was wrapped for somebody else */
  readonly unwrap: (whose: CustomerOf, wrapped: Uint8Array) => Promise<Uint8Array>;
}
