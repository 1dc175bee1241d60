import { ApiError } from '../../../contracts/errors.ts';
import type { EventPage, EventPageQuery } from '../../../ports/event-page.ts';
import type { HttpRequest, HttpResponse } from '../request.ts';
import { cursorOf, positionOf } from './cursor.ts';

/** Which version of a payment or a payout a request asks for; at most one of them. */
export interface VersionQuery {
  /** As this one left it. */
  readonly at_version?: number | undefined;
  /** As it is now, if it has come so far. */
  readonly min_version?: number | undefined;
}

/** One version of a payment or a payout. */
export interface Version {
  readonly tenant: string;
  readonly version: number;
  readonly body: unknown;
}

export interface Versions {
  /** Strongly consistent, as the other; null when there is none. */
  readonly now: (id: string) => Promise<Version | null>;
  readonly at: (id: string, version: number) => Promise<Version | null>;
}

type Asked = Pick<HttpRequest<unknown, VersionQuery>, 'tenant' | 'query' | 'headers'>;

/** How long a client waits that is ahead of what it reads, in seconds. */
export const retryAfter = '1';

/**
 * Answers with one version of what has an id:
 * 1. take the present one; what is another tenant's is as absent as what was never made, and takes as
 *    long: one read, whatever is asked for
 * 2. take the one that is asked for, if one is
 * 3. what has not come so far says how far it has come
 * 4. a client that has this version already gets 304
 *
 * @throws ApiError `version_not_reached`, and what `notFound` makes
 */
export async function answerVersion(
  { now, at }: Versions,
  id: string,
  { tenant, query, headers }: Asked,
  notFound: () => ApiError,
): Promise<HttpResponse> {
  const { at_version: asked, min_version: least = 1 } = query;
  const present = await now(id);
  if (present?.tenant !== tenant) {
    throw notFound();
  }
  const found = asked === undefined ? present : await at(id, asked);
  if (!found) {
    throw notReached(present.version, {});
  }
  if (found.version < least) {
    throw notReached(found.version, { 'Retry-After': retryAfter });
  }
  const etag = `"${found.version}"`;
  if (headers.get('if-none-match') === etag) {
    return { status: 304, headers: { ETag: etag }, body: '' };
  }
  return { status: 200, headers: { ETag: etag }, body: found.body };
}

export function notReached(version: number, headers: Readonly<Record<string, string>>): ApiError {
  return new ApiError('version_not_reached', `It is at version ${version}.`, {
    members: { version },
    headers,
  });
}

export interface HistoryQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The number of the last event that was shown. */
const position = /^[1-9][0-9]{0,6}$/;

export interface History {
  readonly load: (id: string) => Promise<{ readonly tenant: string } | null>;
  readonly eventPage: (query: EventPageQuery) => Promise<EventPage<object>>;
}

/**
 * Answers with a page of what happened, oldest first. Whose it is, its state says: a page takes longer
 * the more is in it, and a stranger's would tell by that that it is there.
 *
 * @throws ApiError `invalid_request` for a cursor of another list, and what `notFound` makes
 */
export async function answerHistory(
  { load, eventPage }: History,
  id: string,
  { tenant, query }: Pick<HttpRequest<unknown, HistoryQuery>, 'tenant' | 'query'>,
  notFound: () => ApiError,
): Promise<HttpResponse> {
  const after = Number(positionOf(query.cursor, position) ?? 0);
  if ((await load(id))?.tenant !== tenant) {
    throw notFound();
  }
  const { events, next } = await eventPage({ id, limit: query.limit, after });
  const next_cursor = cursorOf(next === null ? null : String(next));
  return { status: 200, body: { object: 'list', data: events, next_cursor } };
}
