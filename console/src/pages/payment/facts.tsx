import { Alert, Anchor, Group, Paper, SimpleGrid, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Id } from '../../components/id.tsx';
import { Money } from '../../components/money.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { Age, Time } from '../../components/time.tsx';
import { type Moment, waitsOf } from './history.ts';

/** What the payment is, as this version left it. */
export function Facts({ moment }: { readonly moment: Moment }) {
  const { resource, state, event, problem } = moment;
  const { currency, failure } = resource;
  return (
    <>
      <Group gap="sm" align="baseline">
        <Text component="span" fz={28} fw={600} lh={1.1}>
          <Money amountMinor={resource.amount} currency={currency} />
        </Text>
        <StatusBadge status={resource.status} />
        {waitsOf(state).map((kind) => (
          <StatusBadge
            key={kind}
            status={kind}
            text={kind === 'unknown' ? 'outcome unknown' : 'waits for a person'}
          />
        ))}
        {failure && (
          <Text size="sm">
            <span className="ps-mono">{failure.code}</span>: {failure.message}
          </Text>
        )}
      </Group>
      {problem !== null && (
        <Alert
          role="alert"
          color="red"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title="This payment's record is not as it has to be"
        >
          {problem}
        </Alert>
      )}
      <Paper>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing={4}>
          <dl className="ps-facts">
            <Fact name="Payment">
              <Id value={resource.id} what="payment id" />
            </Fact>
            <Fact name="Reference">
              {resource.merchant_reference !== null && (
                <Id value={resource.merchant_reference} what="reference" />
              )}
            </Fact>
            <Fact name="Customer">{resource.customer}</Fact>
            <Fact name="Created">
              <Time at={resource.created} precise /> (<Age since={resource.created} /> ago)
            </Fact>
            <Fact name="Correlation id">
              <Id value={event.correlation_id} what="correlation id" />
            </Fact>
            <Fact name="Metadata">
              {Object.entries(resource.metadata)
                .map(([name, value]) => `${name}: ${value}`)
                .join(', ')}
            </Fact>
          </dl>
          <dl className="ps-facts">
            <Fact name="Authorized">
              <Money amountMinor={resource.amount_authorized} currency={currency} />
            </Fact>
            <Fact name="Captured">
              <Money amountMinor={resource.amount_captured} currency={currency} />
              {state !== null && state.feesMinor > 0 && (
                <>
                  , fees <Money amountMinor={state.feesMinor} currency={currency} />
                </>
              )}
            </Fact>
            <Fact name="Refunded">
              <Money amountMinor={resource.amount_refunded} currency={currency} />
            </Fact>
            <Fact name="Method">
              <span className="ps-mono">{resource.payment_method}</span>, captured{' '}
              {resource.capture_method === 'automatic' ? 'at once' : 'on request'}
            </Fact>
            <Fact name="PSP">
              {state?.provider != null && (
                <>
                  {state.provider}
                  {state.charge && (
                    <>
                      , as <Id value={state.charge.reference} what="PSP reference" />
                    </>
                  )}
                </>
              )}
            </Fact>
            <Fact name="Authorized until">
              {state?.authorizationExpires && <Time at={state.authorizationExpires} />}
            </Fact>
            <Fact name="Waits for a person">
              {state?.parked && (
                <>
                  {state.parked.reason}{' '}
                  <Anchor component={Link} to="/parked" underline="always">
                    Go to what is parked
                  </Anchor>
                </>
              )}
            </Fact>
          </dl>
        </SimpleGrid>
      </Paper>
    </>
  );
}

/** A fact that there is; nothing where there is none. */
function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const isThere =
    children !== null && children !== undefined && children !== false && children !== '';
  return isThere ? (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  ) : null;
}
