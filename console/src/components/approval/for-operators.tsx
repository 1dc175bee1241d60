import { Button, Group } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useSession } from '../../session/session.ts';
import { Empty } from '../empty.tsx';

/** In place of what only operators see: how to become one, where this stage lets one choose. */
export function ForOperators({ what }: { readonly what: string }) {
  const { config, identity, choose } = useSession();
  const operators = config.identities.filter(({ operator }) => operator);
  return (
    <Empty title="This needs an operator’s key" icon={IconLock}>
      {what} belongs to the stage as a whole, and {identity.name} is a merchant.
      {operators.length > 0 ? (
        <Group justify="center" mt="md" gap="xs">
          {operators.map(({ name }) => (
            <Button key={name} onClick={() => choose(name)}>
              Switch to {name}
            </Button>
          ))}
        </Group>
      ) : (
        <> Sign out, and sign in with a key of the tenant operations.</>
      )}
    </Empty>
  );
}
