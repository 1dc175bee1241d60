import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconMailCheck, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useApi } from '../../api/use-api.ts';
import { Empty } from '../../components/empty.tsx';
import { AtRisk } from '../../components/figures/at-risk.tsx';
import { Figure } from '../../components/figures/figure.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Age } from '../../components/time.tsx';
import { RedriveAll } from './acts/redrive-all.tsx';
import { LetterCard } from './letter-card.tsx';
import { patience } from './patience.ts';
import type { DeadLetterQueue } from './types.ts';
import { count, queueKinds, safeOnes, totalOf } from './words.ts';

/** All queues of dead letters. Not read anew by itself: a read takes letters out of others' sight. */
export function QueuesPage() {
  const report = useApi(['dead-letters'], ({ session, signal }) =>
    session.stage.client.operations.deadLetters({}, { signal, ...patience }),
  );
  return (
    <Page
      title="Dead letters"
      intro="What could not be done waits here for a person, for 14 days."
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={report.isFetching}
          onClick={() => report.refetch()}
        >
          Refresh
        </Button>
      }
    >
      <QueryView query={report}>
        {({ queues }) => <Queues queues={queues} onChanged={report.refetch} />}
      </QueryView>
    </Page>
  );
}

function Queues({
  queues,
  onChanged,
}: {
  readonly queues: readonly DeadLetterQueue[];
  readonly onChanged: () => unknown;
}) {
  const full = queues.filter(
    ({ letters, taken_by_others }) => letters.length + taken_by_others > 0,
  );
  return full.length === 0 ? (
    <Empty title={`All ${queues.length} queues are empty`} icon={IconMailCheck}>
      Nothing waits for a person here.
    </Empty>
  ) : (
    <Stack gap="lg">
      <Total queues={queues} />
      {full.map((queue) => (
        <Queue key={queue.name} queue={queue} onChanged={onChanged} />
      ))}
      <Text size="sm" c="dimmed">
        Empty: {count(queues.length - full.length, 'other queue')}.
      </Text>
    </Stack>
  );
}

function Total({ queues }: { readonly queues: readonly DeadLetterQueue[] }) {
  const { letters, isMore, takenByOthers, atRisk, isRiskKnown, oldest } = totalOf(queues);
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      <Figure
        name="At risk in all"
        detail={isRiskKnown ? 'Each payment once' : 'or more: not all of it could be read'}
      >
        <AtRisk amounts={atRisk} />
      </Figure>
      <Figure
        name="Letters"
        detail={takenByOthers > 0 ? `${takenByOthers} more with somebody else right now` : null}
      >
        {letters}
        {isMore ? ' or more' : ''}
      </Figure>
      <Figure name="The oldest">{oldest === null ? 'none' : <Age since={oldest} />}</Figure>
    </SimpleGrid>
  );
}

function Queue({
  queue,
  onChanged,
}: {
  readonly queue: DeadLetterQueue;
  readonly onChanged: () => unknown;
}) {
  const { name, kind, letters, more, taken_by_others } = queue;
  // What a redrive of all is about stays as it was when it was opened: the list changes meanwhile.
  const [redriving, setRedriving] = useState<readonly DeadLetterQueue['letters'][number][]>([]);
  const safe = safeOnes(letters);
  return (
    <section aria-label={`Queue ${name}`}>
      <Group justify="space-between" mb="xs" gap="xs">
        <div>
          <Title order={2} className="ps-break">
            {name}
          </Title>
          <Text size="sm" c="dimmed">
            {queueKinds[kind]}, {count(letters.length, 'letter')}
            {more ? ' and more: these come first' : ''}
            {taken_by_others > 0 ? `, ${taken_by_others} with somebody else right now` : ''}
          </Text>
        </div>
        {safe.length > 0 && (
          <Button variant="default" onClick={() => setRedriving(safe)}>
            Redrive all that is safe ({safe.length})
          </Button>
        )}
      </Group>
      <Stack gap="xs">
        {letters.map((letter) => (
          <LetterCard key={letter.id} letter={letter} />
        ))}
      </Stack>
      {redriving.length > 0 && (
        <RedriveAll
          queue={name}
          letters={redriving}
          onClose={() => {
            setRedriving([]);
            onChanged();
          }}
        />
      )}
    </section>
  );
}
