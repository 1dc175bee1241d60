/** What outlives a reload, and no longer than the tab: a key is kept nowhere else. */
export interface Stored {
  /** Of those of the settings. */
  readonly identity?: string;
  readonly tenant?: string;
  /** What was typed in, where the settings have no identities. */
  readonly signedIn?: { readonly apiKey: string; readonly operator: boolean };
}

const name = 'paysaga.session';

export function readStored(): Stored {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? '{}') as Stored;
  } catch {
    return {};
  }
}

export function writeStored(stored: Stored): void {
  sessionStorage.setItem(name, JSON.stringify(stored));
}
