import type { endpoints } from '../endpoints.ts';

/**
 * A request with its answer, true on a fresh local stack when the examples before it have been
 * executed: ids that are derived stand here as they are.
 *
 * Where a text of `path`, `headers` or `body` is `{NAME#POINTER}`, it is what the answer to the example
 * of that name has at that JSON pointer: an id that cannot be known before.
 */
export interface Example {
  /** In kebab-case, unique. */
  readonly name: string;
  readonly endpoint: keyof typeof endpoints;
  readonly summary: string;
  /** Who asks: the tenant `acme` unless it says otherwise. */
  readonly as?: 'operations' | 'nobody';
  /** What happens before it outside the API: a PSP settles what was paid so far, but for one payment. */
  readonly after?: 'settlement';
  readonly request: {
    readonly path?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly answer: {
    readonly status: number;
    /** Those that are worth to be seen. */
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  /** JSON pointers into the answer's body: what is other at each run, or with more in the stack. */
  readonly varies?: readonly string[];
}
