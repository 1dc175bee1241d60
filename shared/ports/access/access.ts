import type { ApiKey, Rotation } from '../../domain/access/key.ts';
import type { Tenant } from '../../domain/access/tenant.ts';

/** Who sends a request. */
export interface Principal {
  readonly tenant: string;
  /** `key:<id>` or `jwt:<subject>`: by which the log and the policies know who it is. */
  readonly id: string;
  /** `merchant`, `operator`, or what an OIDC issuer calls it. */
  readonly role: string;
  /** Grants: scopes, `payments:*`, `*`. */
  readonly scopes: readonly string[];
}

/** A principal that is one until a time; without one, there is none that is known of. */
export interface FoundPrincipal extends Principal {
  readonly validUntilMs?: number;
}

/** Finds the principal of an API key by the key's SHA-256, hex; null for a key nobody has. */
export type FindPrincipal = (keyHash: string) => Promise<FoundPrincipal | null>;

/**
 * Verifies a JWT; null for one that is not valid.
 *
 * @throws ApiError `temporarily_unavailable` when that cannot be known now
 */
export type VerifyToken = (token: string) => Promise<Principal | null>;

/** What a request asks of the keys that are stored. */
export interface KeyUse {
  /** By the key's SHA-256, hex; strongly consistent. Also one that is not valid any more. */
  readonly find: (keyHash: string) => Promise<ApiKey | null>;
  /** Records a use at a time, unless one is on record that is later than `unlessAfter`. */
  readonly recordUse: (
    keyHash: string,
    use: { readonly time: string; readonly unlessAfter: string },
  ) => Promise<void>;
}

/** The tenants and their keys, for who operates the stage. All reads are strongly consistent. */
export interface KeyStore extends KeyUse {
  readonly createTenant: (tenant: Tenant) => Promise<'created' | 'exists'>;
  /** By their names. */
  readonly tenants: () => Promise<readonly Tenant[]>;
  /** Whether a key can be made for it: there is a tenant of this name, or it is the operators'. */
  readonly hasTenant: (name: string) => Promise<boolean>;
  /** The keys of a tenant, oldest first. */
  readonly list: (tenant: string) => Promise<readonly ApiKey[]>;
  readonly create: (key: ApiKey, keyHash: string) => Promise<'created' | 'no_tenant'>;
  /** `changed`: the key that goes was rotated or revoked since it was read. */
  readonly rotate: (rotation: Rotation, successorHash: string) => Promise<'rotated' | 'changed'>;
  /** The key as it is then; null for none of the tenant's. The first revocation stands. */
  readonly revoke: (key: {
    readonly tenant: string;
    readonly id: string;
    readonly time: string;
  }) => Promise<ApiKey | null>;
}

/** May this principal do this to that, now? JSON alone, as an expression sees it. */
export interface AccessQuestion {
  readonly principal: Principal;
  /** `payments:create`, as the endpoint's contract names it. */
  readonly action: string;
  /** `type`, `tenant`, and what is known of it: ids, `amount` in minor units, `currency`. */
  readonly resource: Readonly<Record<string, unknown>>;
  /** `time` (RFC 3339), and what the action has besides: `approved_by`. */
  readonly context: Readonly<Record<string, unknown>>;
}

export interface AccessDecision {
  readonly effect: 'permit' | 'deny';
  /** The ids of those that made it; none: nothing permits it. */
  readonly policies: readonly string[];
  /** What could not be evaluated, by policy, in words. */
  readonly errors: readonly string[];
}

/** Decides by the policies that are live. */
export type Decide = (question: AccessQuestion) => AccessDecision;

/** The policies that are live now. */
export type LivePolicies = () => Promise<Decide>;

/** What a request is for who limits: reads are refused before writes. */
export type RequestKind = 'read' | 'write';

/** Whether a request is let in, and what is left for the tenant. */
export interface Admission {
  readonly admitted: boolean;
  /** Whose limit it is: all tenants have one together. */
  readonly by: 'tenant' | 'stage';
  /** Requests in a full bucket. */
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds until there is enough again for one more of these requests; of one admitted: until the bucket is full. */
  readonly resetSeconds: number;
}

/** Takes one request from what a tenant may do. Null: this stage has no limits. */
export type Admit = (request: {
  readonly tenant: string;
  readonly kind: RequestKind;
}) => Promise<Admission | null>;
