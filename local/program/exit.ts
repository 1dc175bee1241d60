/** With which codes `paysaga` ends. docs/cli.md has this table. */
export const exitCodes = {
  done: { code: 0, means: 'it is done, or all is as it should be' },
  found: { code: 1, means: 'it found what should not be, or it failed' },
  wrong_use: { code: 2, means: 'the command line is not one that it takes' },
  denied: { code: 3, means: 'the policies say no' },
  nothing_answers: { code: 4, means: 'nothing answers: no local stack is up, or no network' },
  interrupted: { code: 130, means: 'Ctrl-C' },
} as const;

/** A mistake of the caller's. */
export class UsageError extends Error {}

/** What the command needs is not there to ask. */
export class NothingAnswers extends Error {}

/** For a command that works on the local stack. */
export function noLocalStack(): NothingAnswers {
  return new NothingAnswers('no local stack is up; npm run up brings one up');
}

/** How an error is told: `code` is a name of the table, or the API's name of a problem. */
export interface Ending {
  readonly exitCode: number;
  readonly code: string;
  readonly message: string;
  /** Of a call of which nobody knows whether it took effect: sent again with it, it has one effect. */
  readonly idempotencyKey: string | null;
}

/** Ctrl-C while a call was under way that may take effect all the same. */
export class Interrupted extends Error {
  override readonly name = 'AbortError';
  readonly effect = 'unknown';
  readonly idempotencyKey: string;

  constructor(idempotencyKey: string) {
    super('interrupted');
    this.idempotencyKey = idempotencyKey;
  }
}

/** What an error comes to. An answer of the API that is a problem has its `code`. */
export function endingOf(error: unknown): Ending {
  const kind = kindOf(error);
  const problem = problemOf(error);
  const idempotencyKey = keyOfUnknown(error);
  const message = kind === 'interrupted' ? 'interrupted' : messageOf(error);
  return {
    exitCode: exitCodes[kind].code,
    code: problem ?? (kind === 'found' ? 'failed' : kind),
    message:
      idempotencyKey === null ? message : `${message} (send it again with --key ${idempotencyKey})`,
    idempotencyKey,
  };
}

function kindOf(error: unknown): keyof typeof exitCodes {
  if (error instanceof UsageError) {
    return 'wrong_use';
  }
  if (error instanceof Error && interrupted.has(error.name)) {
    return 'interrupted';
  }
  if (problemOf(error) === 'forbidden') {
    return 'denied';
  }
  return error instanceof NothingAnswers || causesOf(error).some(isUnreachable)
    ? 'nothing_answers'
    : 'found';
}

/** Of @inquirer/prompts at Ctrl-C, and of an AbortSignal. */
const interrupted = new Set(['ExitPromptError', 'AbortError']);

/** As Node and undici have it as a code, and the AWS SDK and the client as a name. */
const unreachable = new Set([
  'ConnectionError',
  'TimeoutError',
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function isUnreachable(error: object): boolean {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  return [code, name].some((known) => typeof known === 'string' && unreachable.has(known));
}

/** The error, what caused it, and so on. */
function causesOf(error: unknown): readonly object[] {
  const found = new Set<object>();
  for (let at = error; typeof at === 'object' && at !== null && !found.has(at); ) {
    found.add(at);
    at = 'cause' in at ? at.cause : null;
  }
  return [...found];
}

/** The name that the API has for a problem, as the client's errors carry it. */
function problemOf(error: unknown): string | null {
  const problem = error instanceof Error && 'problem' in error ? error.problem : null;
  return typeof problem === 'object' && problem !== null && 'code' in problem
    ? String(problem.code)
    : null;
}

/** The key of the client's errors, where the call may have had its effect. */
function keyOfUnknown(error: unknown): string | null {
  if (!(error instanceof Error && 'effect' in error && 'idempotencyKey' in error)) {
    return null;
  }
  const { effect, idempotencyKey } = error;
  return effect === 'unknown' && typeof idempotencyKey === 'string' ? idempotencyKey : null;
}

function messageOf(error: unknown): string {
  const [first] = causesOf(error);
  if (!(first instanceof Error)) {
    return String(error);
  }
  // Several addresses were tried, and Node says nothing of them all.
  return first.message || String(('code' in first && first.code) || first.name);
}
