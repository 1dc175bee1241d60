import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import type { WebhookEndpointWithSecret } from '../../../../client/src/index.ts';
import { Dialog } from '../../components/approval/dialog.tsx';
import { Failure } from '../../components/failure.tsx';
import { Id } from '../../components/id.tsx';

/**
 * Does what answers with a new secret, and shows it this once: it is in nothing but this dialog, and
 * gone with it.
 */
export function SecretForm({
  title,
  label,
  children,
  isReady,
  act,
  onClose,
}: {
  readonly title: string;
  readonly label: string;
  readonly children: ReactNode;
  readonly isReady: boolean;
  readonly act: () => Promise<WebhookEndpointWithSecret>;
  readonly onClose: () => void;
}) {
  const mutation = useMutation({ mutationFn: act, gcTime: 0 });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && !mutation.isPending) {
      mutation.mutate();
    }
  };
  return (
    <Dialog title={title} onClose={onClose} closesOnEscape={!mutation.isSuccess}>
      {mutation.isSuccess ? (
        <Stack>
          <Alert
            color="yellow"
            role="status"
            title="The secret is shown this once"
            icon={<IconKey size={18} aria-hidden />}
            styles={{ title: { color: 'var(--ps-wait)' } }}
          >
            <Stack gap="xs">
              <span>Keep it where the receiver reads it: it verifies every signature.</span>
              <Id value={mutation.data.secret} what="secret" />
            </Stack>
          </Alert>
          <Group justify="flex-end">
            <Button onClick={onClose}>I have kept it</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            {children}
            {mutation.isError && (
              <Failure error={mutation.error}>
                It is not sent again by itself. If it was done all the same, its secret is known to
                nobody: rotate it.
              </Failure>
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={mutation.isPending} disabled={!isReady}>
                {label}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  );
}
