import { Textarea } from '@mantine/core';

export interface ReasonLength {
  readonly min: number;
  readonly max: number;
}

/** Of operators' acts, in characters. */
export const operatorReason: ReasonLength = { min: 10, max: 500 };

/** True for a reason that the API takes. */
export function isReason(text: string, { min, max }: ReasonLength = operatorReason): boolean {
  const { length } = text.trim();
  return length >= min && length <= max;
}

/** Why something is done. */
export function ReasonField({
  value,
  onChange,
  length: { min, max } = operatorReason,
  disabled = false,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly length?: ReasonLength;
  readonly disabled?: boolean;
}) {
  const over = value.trim().length - max;
  return (
    <Textarea
      label="Reason"
      description={`${min} to ${max} characters. It is kept on record for ever.`}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={over > 0 ? `${over} characters too many` : undefined}
      maxLength={max + 100}
      minRows={2}
      autosize
      required
      disabled={disabled}
      data-autofocus
    />
  );
}
