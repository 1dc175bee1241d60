import { Button, Menu } from '@mantine/core';
import { IconBuildingStore, IconChevronDown } from '@tabler/icons-react';
import { useSession } from '../session/session.ts';

/** Whose data an operator reads. What is the stage's own (dead letters, health) does not heed it. */
export function TenantChooser() {
  const { tenant, tenants, setTenant } = useSession();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          aria-label={`Tenant: ${tenant ?? 'none'}`}
          leftSection={<IconBuildingStore size={16} stroke={1.6} aria-hidden />}
          rightSection={<IconChevronDown size={13} aria-hidden />}
        >
          {tenant ?? 'tenant'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Menu.Label>Whose data you read</Menu.Label>
        <Menu.RadioGroup value={tenant} onChange={setTenant}>
          {tenants.map((name) => (
            <Menu.RadioItem key={name} value={name} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
