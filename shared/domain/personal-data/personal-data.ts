/** Whose personal data it is: the customer of a tenant, by the tenant's own id. */
export interface CustomerOf {
  readonly tenant: string;
  readonly id: string;
}

/** What of a customer is personal. */
export interface PersonalData {
  readonly name: string | null;
  readonly email: string | null;
}

/** True when there is something to seal. */
export function isPersonal({ name, email }: PersonalData): boolean {
  return name !== null || email !== null;
}

/** What a data key is for; KMS gives the key back only to who says the same, and notes it in its log. */
export function contextOf({ tenant, id }: CustomerOf): { tenant: string; customer: string } {
  return { tenant, customer: id };
}

/**
 * What a box belongs to. It opens with nothing else, so a box that is moved to another customer, or
 * under another key, opens no more. JSON keeps the parts apart.
 */
export function associatedData({ tenant, id }: CustomerOf, keyId: string): string {
  return JSON.stringify(['personal_data', 1, tenant, id, keyId]);
}

/** A box says how much is in it only by so many bytes. */
const blockBytes = 64;

/**
 * The plain text of a box: JSON in a fixed order, filled up with white space, so that the length of a
 * name is not what a box keeps of it after its key is gone.
 */
export function plainTextOf({ name, email }: PersonalData): string {
  const text = JSON.stringify({ name, email });
  const bytes = Buffer.byteLength(text);
  return text + ' '.repeat(Math.ceil(bytes / blockBytes) * blockBytes - bytes);
}

export function readPlainText(text: string): PersonalData {
  const { name, email } = JSON.parse(text) as PersonalData;
  return { name, email };
}
