import { Group, Paper, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Payment } from '../../../../../shared/domain/payment/state.ts';
import { Id } from '../../../components/id.tsx';
import { Money } from '../../../components/money.tsx';
import { StatusBadge } from '../../../components/status-badge.tsx';
import type { Run } from '../../../saga/run.ts';
import type { Moment } from '../history.ts';
import { SagaGraph } from './saga-graph.tsx';
import { SagaSteps } from './saga-steps.tsx';

/** The payment's own saga, and one for each operation that was asked for, as this version has them. */
export function Sagas({
  moment: { runs, state, resource },
  onVersion,
}: {
  readonly moment: Moment;
  readonly onVersion: (version: number) => void;
}) {
  const [hasSteps, setHasSteps] = useState(() => matchMedia('(max-width: 48em)').matches);
  return (
    <Stack gap="sm" component="section" aria-labelledby="sagas">
      <Group justify="space-between">
        <Title order={2} id="sagas">
          Saga
        </Title>
        <Switch
          size="xs"
          label="Steps in words"
          checked={hasSteps}
          onChange={(event) => setHasSteps(event.currentTarget.checked)}
        />
      </Group>
      {runs.map((run) => (
        <Paper key={run.operationId ?? 'own'}>
          <Stack gap="sm">
            <RunHeading run={run} state={state} currency={resource.currency} />
            <SagaGraph run={run} />
            {hasSteps && (
              <SagaSteps run={run} label={`Steps of the ${run.shape.saga}`} onVersion={onVersion} />
            )}
          </Stack>
        </Paper>
      ))}
    </Stack>
  );
}

function RunHeading({
  run: { shape, operationId },
  state,
  currency,
}: {
  readonly run: Run;
  readonly state: Payment | null;
  readonly currency: string;
}) {
  const operation = state?.operations.find(({ id }) => id === operationId);
  if (operationId === null) {
    return (
      <Text size="sm" c="dimmed">
        From its acceptance until it is authorized, captured or failed
      </Text>
    );
  }
  return (
    <Group gap="sm">
      <Title order={3} tt="capitalize">
        {shape.saga}
      </Title>
      {operation && (
        <>
          <Money amountMinor={operation.amountMinor} currency={currency} />
          <StatusBadge status={operation.status} />
          {operation.unknown && <StatusBadge status="unknown" />}
          {operation.parked && <StatusBadge status="parked" />}
          {operation.failure && (
            <Text size="sm" c="dimmed">
              {operation.failure.code}: {operation.failure.message}
            </Text>
          )}
        </>
      )}
      <Id value={operationId} what="operation id" />
    </Group>
  );
}
