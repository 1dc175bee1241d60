import { randomBytes, randomUUID } from 'node:crypto';
import { type ApiKey, type RotationRefusal, rotated } from '../../../shared/domain/access/key.ts';
import type { KeyStore } from '../../../shared/ports/access/access.ts';
import type { AppendOperatorAct, OperatorAct } from '../../../shared/ports/operator-log.ts';
import { hashApiKey } from '../../../shared/runtime/http/entry/authenticate.ts';

export interface KeyDependencies {
  readonly keys: KeyStore;
  readonly log: AppendOperatorAct;
  readonly nowMs: () => number;
  /** In the key itself, so that one of another stage is seen to be one. */
  readonly stage: string;
}

interface Signed {
  readonly by: string;
  readonly reason: string;
}

/** A key that was just made: the key itself is nowhere else. */
export interface Made {
  readonly secret: string;
  readonly key: ApiKey;
}

/**
 * Makes a tenant:
 * 1. one that is there is not made again
 * 2. put on record who makes it
 * 3. make it
 *
 * @throws Error when there is one of this name
 */
export async function createTenant(
  deps: KeyDependencies,
  { name, ...signed }: { readonly name: string } & Signed,
): Promise<void> {
  const exists = new Error(`there is a tenant ${name} already`);
  if (await deps.keys.hasTenant(name)) {
    throw exists;
  }
  await record(deps, signed, { action: 'tenant.create', subject: name, details: {} });
  const created = new Date(deps.nowMs()).toISOString();
  if ((await deps.keys.createTenant({ name, created })) === 'exists') {
    throw exists;
  }
}

/**
 * Makes a key:
 * 1. there must be its tenant
 * 2. put on record who makes it, and what it may do
 * 3. store its hash
 *
 * @throws Error when there is no such tenant
 */
export async function createKey(
  deps: KeyDependencies,
  { tenant, role, scopes, expires, ...signed }: KeyOrder & Signed,
): Promise<Made> {
  const noTenant = new Error(
    `there is no tenant ${tenant}; npm run keys -- tenants create ${tenant} --stage ${deps.stage} makes it`,
  );
  if (!(await deps.keys.hasTenant(tenant))) {
    throw noTenant;
  }
  const created = new Date(deps.nowMs()).toISOString();
  const none = { revoked: null, rotatedTo: null, rotatedFrom: null, lastUsed: null };
  const key: ApiKey = { id: randomUUID(), tenant, role, scopes, created, expires, ...none };
  await record(deps, signed, {
    action: 'key.create',
    subject: key.id,
    details: { tenant, role, scopes: scopes.join(' '), expires: expires ?? 'never' },
  });
  const secret = newSecret(deps.stage);
  if ((await deps.keys.create(key, hashApiKey(secret))) === 'no_tenant') {
    throw noTenant;
  }
  return { secret, key };
}

export type KeyOrder = Pick<ApiKey, 'tenant' | 'role' | 'scopes' | 'expires'>;

/**
 * Makes the key that comes after one:
 * 1. it must be valid, not rotated yet, and the one before it must have ended
 * 2. put on record who rotates it, to which key, and until when it stays valid
 * 3. store the new key's hash, and the end of the old one, in one transaction
 *
 * @returns the new key, and until when the old one is valid
 * @throws Error that says why there is no rotation
 */
export async function rotateKey(
  deps: KeyDependencies,
  { tenant, id, graceMs, ...signed }: KeyName & { readonly graceMs: number } & Signed,
): Promise<Made & { readonly oldExpires: string }> {
  const keys = await deps.keys.list(tenant);
  const key = keys.find((one) => one.id === id);
  if (!key) {
    throw noSuchKey(tenant, id);
  }
  const rotation = rotated(key, keys, { id: randomUUID(), nowMs: deps.nowMs(), graceMs });
  if ('kind' in rotation) {
    throw new Error(refusalText(rotation));
  }
  const { successor, predecessorExpires } = rotation;
  await record(deps, signed, {
    action: 'key.rotate',
    subject: id,
    details: { tenant, to: successor.id, valid_until: predecessorExpires },
  });
  const secret = newSecret(deps.stage);
  if ((await deps.keys.rotate(rotation, hashApiKey(secret))) === 'changed') {
    throw new Error(`somebody changed the key ${id} in the same moment: nothing was done`);
  }
  return { secret, key: successor, oldExpires: predecessorExpires };
}

interface KeyName {
  readonly tenant: string;
  readonly id: string;
}

/**
 * Ends a key:
 * 1. one that was revoked is revoked: that stands, with its time
 * 2. put on record who revokes it, and why
 * 3. mark it: whoever looks it up from now on does not find it
 *
 * @returns the key as it is now, and whether it was revoked before
 * @throws Error when the tenant has no such key
 */
export async function revokeKey(
  deps: KeyDependencies,
  { tenant, id, ...signed }: KeyName & Signed,
): Promise<{ readonly key: ApiKey; readonly wasRevoked: boolean }> {
  const before = (await deps.keys.list(tenant)).find((one) => one.id === id);
  if (!before) {
    throw noSuchKey(tenant, id);
  }
  if (before.revoked !== null) {
    return { key: before, wasRevoked: true };
  }
  await record(deps, signed, { action: 'key.revoke', subject: id, details: { tenant } });
  const time = new Date(deps.nowMs()).toISOString();
  const key = await deps.keys.revoke({ tenant, id, time });
  if (!key) {
    throw noSuchKey(tenant, id);
  }
  return { key, wasRevoked: false };
}

/** `paysaga_<stage>_<256 random bits, base64url>`. */
function newSecret(stage: string): string {
  return `paysaga_${stage}_${randomBytes(32).toString('base64url')}`;
}

async function record(
  { log, nowMs }: KeyDependencies,
  { by, reason }: Signed,
  act: Pick<OperatorAct, 'action' | 'subject' | 'details'>,
): Promise<void> {
  await log({ id: randomUUID(), time: new Date(nowMs()).toISOString(), by, reason, ...act });
}

function noSuchKey(tenant: string, id: string): Error {
  return new Error(`${tenant} has no key ${id}; npm run keys -- list shows those that it has`);
}

function refusalText(refusal: RotationRefusal): string {
  switch (refusal.kind) {
    case 'ended':
      return `the key is ${refusal.status}: create a new one`;
    case 'rotated_already':
      return `the key was rotated: ${refusal.to} came after it`;
    case 'predecessor_valid':
      return `the key before it, ${refusal.id}, is valid until ${refusal.expires ?? 'it is revoked'}, and no more than two are at once: wait for that, or revoke it`;
  }
}
