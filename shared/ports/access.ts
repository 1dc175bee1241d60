/** Who a key belongs to. */
export interface Principal {
  readonly tenant: string;
}

/** Finds the principal of an API key by the key's SHA-256, hex; null for a key nobody has. */
export type FindPrincipal = (keyHash: string) => Promise<Principal | null>;
