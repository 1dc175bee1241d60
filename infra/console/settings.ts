/** What `config.json`, beside the console's page, tells it. */
export interface ConsoleSettings {
  readonly stage: string;
  /** Where the API is, of the page's own origin: `/v1`. */
  readonly api_url: string;
  /** Whom one can be without signing in. Of the local stage alone: it has their keys in it. */
  readonly identities?: readonly {
    readonly name: string;
    readonly tenant: string;
    readonly api_key: string;
  }[];
}

/** The files that change under their name, so that nobody may keep them. The others have a hash in it. */
export const unhashedFiles = ['index.html', 'config.json'] as const;

/** How long a browser and a cache may keep a file: the first is for those of a hashed name. */
export const cacheControl = {
  hashed: 'public, max-age=31536000, immutable',
  unhashed: 'no-cache',
} as const;
