import type { EndpointAccess } from '../../../contracts/endpoints/endpoint.ts';
import { ApiError } from '../../../contracts/errors.ts';
import { holds } from '../../../domain/access/scopes.ts';
import type {
  Admission,
  Admit,
  Decide,
  LivePolicies,
  Principal,
} from '../../../ports/access/access.ts';
import type { Authenticate } from './authenticate.ts';

/** Who may do what, how often: what a handler asks before its use case runs. */
export interface Access {
  readonly authenticate: Authenticate;
  readonly policies: LivePolicies;
  readonly admit: Admit;
}

/**
 * Asks the policies about what is known of the resource, beside its kind and the tenant.
 *
 * @throws ApiError `forbidden`
 */
export type Permit = (
  resource: Readonly<Record<string, unknown>>,
  context?: Readonly<Record<string, unknown>>,
) => void;

/** @throws ApiError `forbidden` when the principal's key or token has not the scope */
export function requireScope({ scopes }: Principal, { scope }: EndpointAccess): void {
  if (!holds(scopes, scope)) {
    throw new ApiError('forbidden', `The key has not the scope ${scope}.`);
  }
}

/** Asks for one principal and one action. The tenant is whose the request is, unless the resource says whose. */
export function permitBy(
  decide: Decide,
  principal: Principal,
  { action, tenant, time }: Readonly<Record<'action' | 'tenant' | 'time', string>>,
): Permit {
  const type = action.slice(0, action.indexOf(':'));
  return (resource, context = {}) => {
    const { effect } = decide({
      principal,
      action,
      resource: { type, tenant, ...resource },
      context: { time, ...context },
    });
    if (effect !== 'permit') {
      throw new ApiError('forbidden', 'The policies do not permit this.');
    }
  };
}

/**
 * What a request says of its resource: the ids of its path, and the amount and currency of its body. The
 * amount of a conversion is in the currency that it is from.
 */
export function saidOf(
  path: Readonly<Record<string, string>>,
  body: unknown,
): Readonly<Record<string, unknown>> {
  const {
    amount,
    from,
    currency = from,
  } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  return {
    ...path,
    ...(typeof amount === 'number' ? { amount } : {}),
    ...(typeof currency === 'string' ? { currency } : {}),
  };
}

/**
 * What a caller is told of its limit, in the form of the IETF's draft "RateLimit header fields for
 * HTTP" (version 10): so many at once, so many left, and in how many seconds the bucket is full, or has
 * one more for a request that was refused.
 */
export function limitHeaders(admission: Admission | null): Readonly<Record<string, string>> {
  if (admission === null) {
    return {};
  }
  const { by, limit, remaining, resetSeconds } = admission;
  return {
    'RateLimit-Policy': `"${by}";q=${limit}`,
    RateLimit: `"${by}";r=${remaining};t=${resetSeconds}`,
  };
}

const refusedBy: Readonly<Record<Admission['by'], string>> = {
  tenant: 'The tenant has made as many requests as it may for now.',
  stage: 'The API has as many requests as it takes for now.',
};

/** @throws ApiError `too_many_requests` with `Retry-After` */
export function requireAdmission(admission: Admission | null): void {
  if (admission?.admitted === false) {
    throw new ApiError('too_many_requests', refusedBy[admission.by], {
      headers: { 'Retry-After': String(Math.max(1, admission.resetSeconds)) },
    });
  }
}
