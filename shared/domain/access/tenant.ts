import { operationsTenant } from '../settlement/break.ts';

/** A merchant. Who operates the stage is no tenant of this kind: `operations` is always there. */
export interface Tenant {
  readonly name: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly created: string;
}

/** 1 to 32 lower-case letters, digits and dashes that begin with no dash. */
export const tenantName = /^[a-z0-9][a-z0-9-]{0,31}$/;

/** True for what a tenant can be called. */
export function isTenantName(text: string): boolean {
  return tenantName.test(text);
}

/** What a caller is to the policies: who operates the stage, or whatever a merchant calls it. */
export const operatorRole = 'operator';
export const merchantRole = 'merchant';

/** True for what a role can be called. */
export function isRoleName(text: string): boolean {
  return /^[a-z][a-z0-9_-]{0,31}$/.test(text);
}

/** The role `operator` is that of the tenant `operations`, and of no other; it has no other role. */
export function isRoleOf(role: string, tenant: string): boolean {
  return (role === operatorRole) === (tenant === operationsTenant);
}
