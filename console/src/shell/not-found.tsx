import { Anchor } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Empty } from '../components/empty.tsx';
import { Page } from '../components/page.tsx';

export function NotFound() {
  return (
    <Page title="No such page">
      <Empty title="The console has no page at this address" icon={IconMapQuestion}>
        <Anchor component={Link} to="/payments">
          Go to the payments
        </Anchor>
      </Empty>
    </Page>
  );
}
