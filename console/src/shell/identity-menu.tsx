import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useSession } from '../session/session.ts';

/** Who one is; on a developer's machine, who one can be as well. */
export function IdentityMenu() {
  const { config, identity, choose, signOut } = useSession();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          aria-label={`Signed in as ${identity.name}`}
          leftSection={<IconUserCircle size={17} stroke={1.6} aria-hidden />}
          rightSection={<IconChevronDown size={13} aria-hidden />}
        >
          {identity.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {config.identities.length > 0 ? (
          <>
            <Menu.Label>Who you are, on this stage</Menu.Label>
            <Menu.RadioGroup value={identity.name} onChange={choose}>
              {config.identities.map(({ name, operator }) => (
                <Menu.RadioItem key={name} value={name} closeMenuOnClick>
                  {name}
                  {operator ? ' (operator)' : ''}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </>
        ) : (
          <Menu.Item leftSection={<IconLogout size={15} aria-hidden />} onClick={signOut}>
            Sign out
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
