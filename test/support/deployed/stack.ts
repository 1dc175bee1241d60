import { inject } from 'vitest';

/** What a test of the deployed stacks needs to know of them. */
export interface Stack {
  readonly endpoint: string;
  readonly apiUrl: string;
  readonly simulatorUrl: string;
  /** The console's page. */
  readonly consoleUrl: string;
  readonly stateDir: string;
  /** What the stacks say of themselves, by name: `BusName`, `LedgerTableName`. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly tenants: readonly {
    readonly id: string;
    readonly name?: string;
    readonly apiKey: string;
  }[];
}

declare module 'vitest' {
  interface ProvidedContext {
    stack: Stack;
  }
}

export const stack: Stack = inject('stack');

/** @throws Error when no stack has the output */
export function outputOf(name: string): string {
  const value = stack.outputs[name];
  if (!value) {
    throw new Error(`the deployed stacks have no output ${name}`);
  }
  return value;
}

export function tenantOf(index: number): { readonly id: string; readonly apiKey: string } {
  const tenant = stack.tenants[index];
  if (!tenant) {
    throw new Error(`the stack has no tenant ${index}`);
  }
  return tenant;
}

/** For the SDK's clients: LocalStack takes any credentials. */
export const awsClientConfig = {
  endpoint: stack.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
};
