import { corsAnswerHeaders } from '../../../contracts/http-headers.ts';
import type { Headers } from '../request.ts';

/**
 * What lets a page of a listed origin read the answer: `CORS_ORIGINS` has them, with commas between.
 * Nothing for any other, nor where there are none. No credentials of a browser are ever asked for: a
 * caller sends its key.
 */
export function corsHeaders(headers: Headers): Readonly<Record<string, string>> {
  const origin = headers.get('origin');
  const listed = (process.env.CORS_ORIGINS ?? '').split(',');
  if (!origin || !listed.includes(origin)) {
    return {};
  }
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': corsAnswerHeaders.join(', '),
    Vary: 'Origin',
  };
}
