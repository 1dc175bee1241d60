/** Who the console can be, where the stage gives it away: on the machine of a developer. */
export interface Identity {
  readonly name: string;
  /** Null where only the key knows. */
  readonly tenant: string | null;
  readonly apiKey: string;
  readonly operator: boolean;
}

/** What a deployment says of itself, in `config.json` beside the page. */
export interface Config {
  readonly stage: string;
  readonly apiUrl: string;
  /** None where a key has to be typed in. */
  readonly identities: readonly Identity[];
}

interface ConfigFile {
  readonly stage: string;
  readonly api_url: string;
  readonly identities?: readonly {
    readonly name: string;
    readonly tenant: string;
    readonly api_key: string;
  }[];
}

/** The tenant of those who operate the stage. */
export const operationsTenant = 'operations';

/** @throws Error when the settings cannot be read */
export async function loadConfig(): Promise<Config> {
  const response = await fetch('config.json', { cache: 'no-store' });
  if (!response.ok) {
    throw new Error(`config.json answered ${response.status}`);
  }
  const file = (await response.json()) as ConfigFile;
  return {
    stage: file.stage,
    apiUrl: new URL(file.api_url, location.href).href,
    identities: (file.identities ?? []).map(({ name, tenant, api_key }) => ({
      name,
      tenant,
      apiKey: api_key,
      operator: tenant === operationsTenant,
    })),
  };
}
