import { ourId } from '../../contracts/endpoints/path.ts';
import { ApiError } from '../../contracts/errors.ts';
import type { HttpRequest } from './request.ts';

/** Finds one kind of thing by the id in a request's path. */
export interface ByPathId {
  /** @throws ApiError `not_found` when it has not the form of our ids: there can be none by it */
  readonly idOf: (request: Pick<HttpRequest, 'path'>) => string;
  /** The answer to an id of nobody and to an id of somebody else: the same, to the letter. */
  readonly notFound: () => ApiError;
}

/** @param noun the parameter is `<noun>_id` */
export function byPathId(noun: string): ByPathId {
  const notFound = () => new ApiError('not_found', `There is no ${noun} with this id.`);
  return {
    notFound,
    idOf: ({ path }) => {
      const id = path[`${noun}_id`] ?? '';
      if (!ourId.test(id)) {
        throw notFound();
      }
      return id;
    },
  };
}
