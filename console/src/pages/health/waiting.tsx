import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { AtRisk } from '../../components/figures/at-risk.tsx';
import { Age, Time } from '../../components/time.tsx';
import type { Part } from './types.ts';

/** What waits for a person, and what it is worth. */
export function ParkedPart({ parked }: { readonly parked: Part<'parked'> }) {
  const { count, more, at_risk, oldest } = parked;
  return (
    <>
      <Text fz="h1" fw={600}>
        {count}
        {more ? ' or more' : ''}
      </Text>
      <dl className="ps-facts">
        <dt>At risk</dt>
        <dd>
          <AtRisk amounts={at_risk} />
        </dd>
        <dt>The oldest</dt>
        <dd>
          {oldest === null ? (
            'none'
          ) : (
            <>
              <Age since={oldest} />, since <Time at={oldest} />
            </>
          )}
        </dd>
      </dl>
      <Anchor component={Link} to="/parked" size="sm">
        See what is parked
      </Anchor>
    </>
  );
}

/** About how many letters there are, by the count of the queues. */
export function DeadLettersPart({ letters }: { readonly letters: Part<'dead_letters'> }) {
  const full = letters.queues.filter(({ count }) => count > 0);
  return (
    <>
      <Text fz="h1" fw={600}>
        {letters.count}
      </Text>
      {full.length === 0 ? (
        <Text size="sm" c="dimmed">
          All {letters.queues.length} queues are empty.
        </Text>
      ) : (
        <dl className="ps-facts">
          {full.map(({ name, count }) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt className="ps-break">{name}</dt>
              <dd>{count}</dd>
            </div>
          ))}
        </dl>
      )}
      <Anchor component={Link} to="/dead-letters" size="sm">
        See them, and what is at risk
      </Anchor>
    </>
  );
}
