import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '../../session/session.ts';
import { SecretForm } from './secret-form.tsx';

/** For how long the secrets before a new one sign beside it, in seconds. */
const overlaps = [
  { value: '86400', label: '24 hours' },
  { value: '3600', label: 'one hour' },
  { value: '604800', label: 'a week' },
  { value: '0', label: 'not at all: the old one got out' },
];

/** Makes a new secret. */
export function RotateDialog({
  endpointId,
  onClose,
}: {
  readonly endpointId: string;
  readonly onClose: () => void;
}) {
  const { client } = useSession();
  const [overlap, setOverlap] = useState('86400');
  return (
    <SecretForm
      title="Rotate the secret"
      label="Make a new secret"
      isReady
      onClose={onClose}
      act={() =>
        client.webhookEndpoints.rotateSecret(endpointId, { overlap_seconds: Number(overlap) })
      }
    >
      <NativeSelect
        label="The old secret signs beside the new one for"
        data={overlaps}
        value={overlap}
        onChange={(event) => setOverlap(event.currentTarget.value)}
        data-autofocus
      />
    </SecretForm>
  );
}
