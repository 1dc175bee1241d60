import type * as z from 'zod/mini';
import type { SimulatorAnswer, SimulatorRequest } from '../answer.ts';
import { withBody } from '../body.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: RegExp;
  readonly answer: (request: SimulatorRequest, id: string) => Promise<SimulatorAnswer>;
}

export function get(path: string, answer: Route['answer']): Route {
  return { method: 'GET', path: pattern(path), answer };
}

export function remove(path: string, answer: Route['answer']): Route {
  return { method: 'DELETE', path: pattern(path), answer };
}

export function post<Body>(
  path: string,
  schema: z.ZodMiniType<Body>,
  answer: (body: Body, id: string) => Promise<SimulatorAnswer>,
): Route {
  return {
    method: 'POST',
    path: pattern(path),
    answer: (request, id) => withBody(schema, request, (body) => answer(body, id)),
  };
}

/** The route of a request, with the id in its path; null when there is none. */
export function findRoute(
  routes: readonly Route[],
  { method, path }: Pick<SimulatorRequest, 'method' | 'path'>,
): (Route & { readonly id: string }) | null {
  for (const route of routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match) {
      return { ...route, id: match[1] ?? '' };
    }
  }
  return null;
}

/** `{id}` stands for an id as `SimulatorId` has it. */
function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace('{id}', '([A-Za-z0-9._~-]{1,64})')}$`);
}
