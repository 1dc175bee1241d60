import { Alert, Stack, TextInput } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';

/** Asks for another operator's approval, and says how one gets it. */
export function ApprovalField({
  where,
  value,
  onChange,
  isBad,
}: {
  /** What the other operator opens: `this letter`. */
  readonly where: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isBad: boolean;
}) {
  return (
    <Alert
      color="yellow"
      title="Needs another operator’s approval"
      icon={<IconUsers size={18} aria-hidden />}
      styles={{ title: { color: 'var(--ps-wait)' } }}
    >
      <Stack gap="xs">
        <span>
          More than 1,000,000 minor units are at risk, or nobody knows how much. Another operator
          opens {where}, approves it, and gives you the id that is shown then. On a stage with
          several identities, switch to the other one, approve, and come back.
        </span>
        <TextInput
          label="Approval id"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          error={isBad ? 'An approval id is a UUID' : undefined}
          autoComplete="off"
          spellCheck={false}
        />
      </Stack>
    </Alert>
  );
}
