import { describe, expect, it } from 'vitest';
import { ConnectionError, ProblemError } from '../../client/src/index.ts';
import { hasColours } from './colour.ts';
import { endingOf, Interrupted, NothingAnswers, noLocalStack, UsageError } from './exit.ts';

const failed = { effect: 'none', idempotencyKey: null } as const;

function problem(code: string, status: number): Error {
  const body = { type: '', title: '', status, detail: 'so it is', instance: 'urn:x:1', code };
  return new ProblemError(body, { ...failed, headers: new Headers(), retryAfterMs: null });
}

function named(name: string): Error {
  return Object.assign(new Error('it is named'), { name });
}

const refused = Object.assign(new Error(''), { code: 'ECONNREFUSED' });

describe('how an error ends a command', () => {
  it.each<[string, unknown, number, string]>([
    ['a mistake of the caller’s', new UsageError('give an id'), 2, 'wrong_use'],
    ['a denial of the policies', problem('forbidden', 403), 3, 'forbidden'],
    ['another problem of the API’s', problem('not_found', 404), 1, 'not_found'],
    ['no local stack', noLocalStack(), 4, 'nothing_answers'],
    ['nothing else that answers', new NothingAnswers('no'), 4, 'nothing_answers'],
    ['a closed port', refused, 4, 'nothing_answers'],
    [
      'a closed port under another error',
      new TypeError('fetch failed', { cause: refused }),
      4,
      'nothing_answers',
    ],
    ['a client without a connection', new ConnectionError('no', failed), 4, 'nothing_answers'],
    ['a call that took too long', named('TimeoutError'), 4, 'nothing_answers'],
    ['Ctrl-C at a question', named('ExitPromptError'), 130, 'interrupted'],
    ['Ctrl-C in a call', named('AbortError'), 130, 'interrupted'],
    ['anything else', new Error('out of paper'), 1, 'failed'],
    ['what is no error', 'a text', 1, 'failed'],
  ])('is told by its code: %s', (_what, error, exitCode, code) => {
    expect(endingOf(error)).toMatchObject({ exitCode, code });
  });

  it('is told by its message, and by its code where it has none', () => {
    expect(endingOf(new Error('out of paper')).message).toBe('out of paper');
    expect(endingOf(refused).message).toBe('ECONNREFUSED');
    expect(endingOf('a text').message).toBe('a text');
  });

  it('says nothing more of an end that was asked for', () => {
    expect(endingOf(named('ExitPromptError')).message).toBe('interrupted');
  });

  it('has the key of a call of which nobody knows what it did, and of no other', () => {
    const lost = { effect: 'unknown', idempotencyKey: 'k-1' } as const;
    expect(endingOf(new ConnectionError('no answer', lost))).toMatchObject({
      message: 'no answer (send it again with --key k-1)',
      idempotencyKey: 'k-1',
    });
    expect(endingOf(new Interrupted('k-1'))).toEqual({
      exitCode: 130,
      code: 'interrupted',
      message: 'interrupted (send it again with --key k-1)',
      idempotencyKey: 'k-1',
    });
    for (const known of [
      { effect: 'none', idempotencyKey: 'k-1' },
      { effect: 'unknown', idempotencyKey: null },
    ] as const) {
      expect(endingOf(new ConnectionError('no answer', known))).toMatchObject({
        message: 'no answer',
        idempotencyKey: null,
      });
    }
  });

  it('does not go round in circles', () => {
    const error = new Error('a');
    error.cause = error;
    expect(endingOf(error)).toMatchObject({ exitCode: 1, message: 'a' });
  });
});

describe('colours', () => {
  it('are for a terminal that has them, and for nobody who asked for none', () => {
    expect(hasColours({ isTTY: true }, {})).toBe(true);
    expect(hasColours({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
    expect(hasColours({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
    expect(hasColours({ isTTY: false }, { CI: 'true', FORCE_COLOR: '1' })).toBe(false);
  });
});
