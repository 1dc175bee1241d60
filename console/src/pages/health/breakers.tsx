import { Text } from '@mantine/core';
import { IconPlugConnected, IconPlugOff, IconPlugX } from '@tabler/icons-react';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Age } from '../../components/time.tsx';
import { breakerWords } from './figures.ts';
import type { Part } from './types.ts';

const icons = { closed: IconPlugConnected, half_open: IconPlugX, open: IconPlugOff } as const;

/** The circuit breaker of each PSP. */
export function Breakers({ providers }: { readonly providers: Part<'providers'> }) {
  return (
    <dl className="ps-facts">
      {providers.map(({ name, state, since, until }) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>
            <StatusBadge
              status={state}
              tone={breakerWords[state].tone}
              icon={icons[state]}
              text={breakerWords[state].text}
            />{' '}
            {since && (
              <Text span size="xs" c="dimmed">
                for <Age since={since} />
                {until && `, at least until ${until.slice(11, 19)} UTC`}
              </Text>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
