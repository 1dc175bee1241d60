import { Alert, Button, Group } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useSession } from '../../session/session.ts';

/** To an operator, who reads a tenant's webhooks: that the tenant alone changes them. */
export function MerchantsChange() {
  const { operator, tenant, config, choose } = useSession();
  const merchant = config.identities.find((one) => !one.operator && one.tenant === tenant);
  return operator ? (
    <Alert color="gray" title="You read as an operator" icon={<IconEye size={18} aria-hidden />}>
      <Group justify="space-between" gap="xs">
        <span>Only {tenant ?? 'the tenant'} itself changes its endpoints and sends again.</span>
        {merchant && (
          <Button size="xs" variant="default" onClick={() => choose(merchant.name)}>
            Switch to {merchant.name}
          </Button>
        )}
      </Group>
    </Alert>
  ) : null;
}
