import type { CustomerOf } from '../../shared/domain/personal-data/personal-data.ts';
import type { PersonalDataVault } from '../../shared/ports/personal-data.ts';

/** Erases the data key that the customer has now; null when there never was one. */
export async function eraseNow(
  { find, erase }: Pick<PersonalDataVault, 'find' | 'erase'>,
  whose: CustomerOf,
  at: string,
): Promise<string | null> {
  const found = await find(whose);
  return found?.keyId ? erase(whose, found.keyId, at) : (found?.erasedAt ?? null);
}
