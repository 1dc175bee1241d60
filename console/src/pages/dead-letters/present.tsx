import { Paper, Stack, Text, Title } from '@mantine/core';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Time } from '../../components/time.tsx';
import { About } from './about.tsx';
import type { DeadLetterDetail } from './types.ts';

/** How what a letter is about is now, and what has happened to it since. */
export function Present({
  present,
  tenant,
}: Pick<DeadLetterDetail, 'present'> & { readonly tenant: string | null }) {
  return present.length === 0 ? null : (
    <section aria-labelledby="present">
      <Title order={2} mb="xs" id="present">
        How it is now
      </Title>
      <Stack gap="xs">
        {present.map((one) => (
          <Story key={`${one.kind} ${one.id}`} story={one} tenant={tenant} />
        ))}
      </Stack>
    </section>
  );
}

function Story({
  story,
  tenant,
}: {
  readonly story: DeadLetterDetail['present'][number];
  readonly tenant: string | null;
}) {
  const { kind, id, status, version, since } = story;
  return (
    <Paper>
      <About about={[{ kind, id }]} tenant={tenant} />
      {status === null ? (
        <Text size="sm" c="dimmed">
          {kind === 'conversion' ? 'A conversion has no status.' : 'The store has none.'}
        </Text>
      ) : (
        <Text size="sm" component="div">
          <StatusBadge status={status} /> at version {version}.{' '}
          {since.length === 0 ? 'Nothing has happened to it since.' : 'Since then:'}
        </Text>
      )}
      {since.length > 0 && (
        <ol>
          {since.map(({ type, time }) => (
            <li key={`${time} ${type}`}>
              <Text span size="sm">
                <Time at={time} precise /> <span className="ps-mono">{type}</span>
              </Text>
            </li>
          ))}
        </ol>
      )}
    </Paper>
  );
}
