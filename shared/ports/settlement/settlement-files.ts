/** A file as the bucket lists it. */
export interface StoredFile {
  readonly key: string;
  /** When it was written whole: RFC 3339, UTC, milliseconds. */
  readonly modified: string;
  readonly bytes: number;
}

/** The files that PSPs leave for us, by their key: see `settlementPrefix` of the contract. */
export interface SettlementFiles {
  /** Writes a file whole, in UTF-8; one that has the key is replaced. */
  readonly put: (key: string, csv: string) => Promise<void>;
  /** Those whose keys begin with the prefix, in the order of their keys. */
  readonly list: (prefix: string) => Promise<readonly StoredFile[]>;
  /** A file's text; null when there is none. */
  readonly get: (key: string) => Promise<string | null>;
}
