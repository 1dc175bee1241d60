import { setTimeout as sleep } from 'node:timers/promises';
import { LOCAL_REGION } from '../../target.ts';
import { zip } from './zip.ts';

/** What an invocation answered. */
export interface Invocation {
  status: number;
  /** `Unhandled` when the function failed. */
  functionError: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: what a function returns is any JSON
  payload: any;
}

/** Lambda and its logs over plain HTTP: the project has no client of theirs. */
export class Emulator {
  readonly endpoint: string;

  constructor(endpoint: string) {
    this.endpoint = endpoint;
  }

  #headers(service: string): Record<string, string> {
    const scope = `test/20260101/${LOCAL_REGION}/${service}/aws4_request`;
    return {
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    };
  }

  async #lambda(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.endpoint}/2015-03-31${path}`, {
      method,
      headers: this.#headers('lambda'),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Makes a function of one module and waits until it can be invoked. */
  async createFunction(
    name: string,
    code: string,
    settings: { timeoutS?: number; variables?: Record<string, string> } = {},
  ): Promise<void> {
    const response = await this.#lambda('POST', '/functions', {
      FunctionName: name,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/test',
      Timeout: settings.timeoutS ?? 10,
      Environment: { Variables: settings.variables ?? {} },
      Code: { ZipFile: zip({ 'index.mjs': code }).toString('base64') },
    });
    if (!response.ok) throw new Error(await response.text());
    await until(async () => {
      const answer = await this.#lambda('GET', `/functions/${name}/configuration`);
      const { State } = (await answer.json()) as { State?: string };
      return State === 'Active';
    }, `${name} to be active`);
  }

  async invoke(name: string, event: unknown = {}): Promise<Invocation> {
    const response = await this.#lambda('POST', `/functions/${name}/invocations`, event);
    return {
      status: response.status,
      functionError: response.headers.get('x-amz-function-error'),
      payload: await response.json(),
    };
  }

  /** @returns the mapping as Lambda keeps it */
  async mapStream(mapping: Record<string, unknown>): Promise<Record<string, unknown>> {
    const response = await this.#lambda('POST', '/event-source-mappings', mapping);
    const made = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(JSON.stringify(made));
    return made;
  }

  /** Every line that a function has logged. */
  async logOf(name: string): Promise<string[]> {
    const response = await fetch(this.endpoint, {
      method: 'POST',
      headers: {
        ...this.#headers('logs'),
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'Logs_20140328.FilterLogEvents',
      },
      body: JSON.stringify({ logGroupName: `/aws/lambda/${name}` }),
    });
    const { events = [] } = (await response.json()) as { events?: { message: string }[] };
    return events.map(({ message }) => message);
  }
}

/** Waits for a condition, and fails when it does not come true in time. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  deadlineMs = 15_000,
): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${deadlineMs} ms in vain for ${what}`);
    await sleep(25);
  }
}
