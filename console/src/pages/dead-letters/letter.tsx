import { Anchor, Code, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { isProblem } from '../../../../client/src/index.ts';
import { useApi } from '../../api/use-api.ts';
import { Id } from '../../components/id.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Age, Time } from '../../components/time.tsx';
import { About, LetterRisk } from './about.tsx';
import { Acts } from './acts/acts.tsx';
import { patience } from './patience.ts';
import { Present } from './present.tsx';
import type { DeadLetterDetail } from './types.ts';
import { VerdictBadge, VerdictText } from './verdict.tsx';
import { tenantOf } from './words.ts';

/** All of one letter, and what can be done about it. */
export function LetterPage({ id }: { readonly id: string }) {
  const letter = useApi(['dead-letter', id], ({ session, signal }) =>
    session.stage.client.operations.getDeadLetter(id, { signal, ...patience }),
  );
  return (
    <Page
      title={letter.data ? `Dead letter: ${letter.data.what}` : 'Dead letter'}
      intro={
        <Anchor component={Link} to="/dead-letters">
          All dead letters
        </Anchor>
      }
    >
      <QueryView query={letter} failure={meaningOf}>
        {(found) => (
          <Stack gap="md">
            <Facts letter={found} />
            <Acts letter={found} onChanged={letter.refetch} />
            <Present present={found.present} tenant={tenantOf(found)} />
            <Content content={found.content} />
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

function meaningOf(error: Error): string {
  const isGone =
    isProblem(error, 'not_found') ||
    (isProblem(error, 'invalid_state') && error.problem.state !== 'taken');
  if (isGone) {
    return 'It is gone: somebody redrove it or discarded it.';
  }
  return isProblem(error, 'invalid_state')
    ? 'Somebody else is reading it or working on it. Try again in a moment.'
    : '';
}

function Facts({ letter }: { readonly letter: DeadLetterDetail }) {
  const { id, queue, when, about, reason, verdict, attributes } = letter;
  return (
    <Paper component="section" aria-label="The letter">
      <Stack gap="xs">
        <div>
          <VerdictBadge verdict={verdict} />
        </div>
        <VerdictText verdict={verdict} />
        <dl className="ps-facts">
          <dt>Letter</dt>
          <dd>
            <Id value={id} what="letter id" />
          </dd>
          <dt>Queue</dt>
          <dd>{queue}</dd>
          <dt>Failed for good</dt>
          <dd>
            <Time at={when} /> UTC, <Age since={when} /> ago
          </dd>
          <dt>About</dt>
          <dd>
            <About about={about} tenant={tenantOf(letter)} all />
          </dd>
          <dt>At risk</dt>
          <dd>
            <LetterRisk {...letter} />
          </dd>
          <dt>Reason</dt>
          <dd>{reason}</dd>
          {Object.entries(attributes).map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt className="ps-break">{name}</dt>
              <dd className="ps-mono">{value}</dd>
            </div>
          ))}
        </dl>
      </Stack>
    </Paper>
  );
}

function Content({ content }: Pick<DeadLetterDetail, 'content'>) {
  return (
    <section aria-labelledby="content">
      <Title order={2} mb="xs" id="content">
        Content
      </Title>
      {content === null || content === undefined ? (
        <Text c="dimmed">It is not of a contract, and is not shown: it may hold anything.</Text>
      ) : (
        <Paper p={0} mah={480} style={{ overflow: 'auto' }}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
          <section aria-label="Content as JSON" tabIndex={0}>
            <Code block style={{ overflow: 'visible' }}>
              {JSON.stringify(content, null, 2)}
            </Code>
          </section>
        </Paper>
      )}
    </section>
  );
}
