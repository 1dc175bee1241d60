import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { PaysagaError } from '../../../client/src/errors/paysaga-error.ts';
import { ProblemError } from '../../../client/src/errors/problem-error.ts';

/** What went wrong, in the API's own words, with what support asks for; and how to try again. */
export function Failure({
  error,
  onRetry,
  children,
}: {
  readonly error: Error;
  readonly onRetry?: () => unknown;
  /** What it means here, or what one can do. */
  readonly children?: ReactNode;
}) {
  const { title, detail, facts } = saidOf(error);
  return (
    <Alert
      role="alert"
      color="red"
      title={title}
      icon={<IconAlertTriangle size={18} aria-hidden />}
    >
      <Text size="sm" className="ps-break">
        {detail}
      </Text>
      {children && (
        <Text component="div" size="sm" mt={4}>
          {children}
        </Text>
      )}
      {(facts.length > 0 || onRetry) && (
        <Group mt="xs" gap="md" justify="space-between">
          <Text size="xs" c="dimmed" className="ps-mono ps-break">
            {facts.join(' · ')}
          </Text>
          {onRetry && (
            <Button size="xs" variant="default" onClick={() => onRetry()}>
              Try again
            </Button>
          )}
        </Group>
      )}
    </Alert>
  );
}

/** How an error of the API's client is said. */
function saidOf(error: Error): {
  readonly title: string;
  readonly detail: string;
  readonly facts: readonly string[];
} {
  if (error instanceof ProblemError) {
    const places = error.errors.map(({ path, message }) => `${path}: ${message}`);
    return {
      title: error.title,
      detail: [error.detail, ...places].join(' '),
      facts: [`${error.status} ${error.code}`, `request ${error.requestId}`],
    };
  }
  const effect =
    error instanceof PaysagaError && error.effect === 'unknown'
      ? ['it may have had its effect: the same again finds out']
      : [];
  return { title: 'The API did not answer', detail: error.message, facts: effect };
}
