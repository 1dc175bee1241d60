import { AppShell, Burger, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect } from 'react';
import { Outlet, useLocation } from 'react-router';
import { useSession } from '../session/session.ts';
import { IdentityMenu } from './identity-menu.tsx';
import { Navigation } from './navigation.tsx';
import { SchemeSwitch } from './scheme-switch.tsx';
import { TenantChooser } from './tenant-chooser.tsx';

/** What is around every page: where one is, who one is, and whose data it is. */
export function Shell() {
  const { config, operator } = useSession();
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  useEffect(close, [pathname, close]);
  return (
    <>
      {/* Not a link: the address after the hash is the router's. */}
      <button
        type="button"
        className="ps-skip"
        onClick={() => document.querySelector<HTMLElement>('main h1')?.focus()}
      >
        Skip to the content
      </button>
      <AppShell
        header={{ height: 52 }}
        navbar={{ width: 196, breakpoint: 'sm', collapsed: { mobile: !opened } }}
        padding="md"
      >
        <AppShell.Header>
          <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
            <Group gap="sm" wrap="nowrap">
              <Burger
                opened={opened}
                onClick={toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={opened ? 'Close the navigation' : 'Open the navigation'}
                aria-expanded={opened}
              />
              <Text fw={700} visibleFrom="xs">
                Paysaga
              </Text>
              <Text size="sm" c="dimmed" visibleFrom="xs">
                {config.stage}
              </Text>
            </Group>
            <Group gap={6} wrap="nowrap">
              {operator && <TenantChooser />}
              <IdentityMenu />
              <SchemeSwitch />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar p="xs">
          <Stack gap="xs" h="100%">
            <Navigation />
          </Stack>
        </AppShell.Navbar>
        <AppShell.Main>
          <Outlet />
        </AppShell.Main>
      </AppShell>
    </>
  );
}
