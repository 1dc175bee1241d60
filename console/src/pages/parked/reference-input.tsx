import { TextInput } from '@mantine/core';
import { isReference } from './words.ts';

/** Asks what the PSP or the bank calls a charge or a payout that took effect. */
export function ReferenceInput({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <TextInput
      label="Reference at the PSP or the bank"
      description="What it calls the charge or the payout: 1 to 64 letters, digits and . _ ~ -"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={value !== '' && !isReference(value) ? 'That is no reference' : undefined}
      required
      autoComplete="off"
      spellCheck={false}
    />
  );
}
