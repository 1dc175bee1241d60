import { Alert, Button, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '../../../client/src/errors/problem-error.ts';
import { apiOf } from './client-of.ts';
import type { Config } from './config.ts';
import type { Stored } from './stored.ts';
import { isOperator } from './who.ts';

type SignedIn = NonNullable<Stored['signedIn']>;

/** Asks for a key, and looks whether the API takes it before anything else is shown. */
export function SignIn({
  config,
  onSignedIn,
}: {
  readonly config: Config;
  readonly onSignedIn: (signedIn: SignedIn) => void;
}) {
  const [apiKey, setApiKey] = useState('');
  const check = useMutation({
    mutationFn: async (key: string): Promise<SignedIn> => {
      const api = apiOf(config.apiUrl, key, null);
      return { apiKey: key, operator: await isOperator(api, AbortSignal.timeout(20_000)) };
    },
    onSuccess: onSignedIn,
  });
  return (
    <main className="ps-sign-in">
      <Paper withBorder p="xl" maw={440} w="100%">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            check.mutate(apiKey.trim());
          }}
        >
          <Stack>
            <div>
              <Title order={1}>Sign in</Title>
              <Text c="dimmed" size="sm">
                Paysaga, stage {config.stage}
              </Text>
            </div>
            <PasswordInput
              label="API key or access token"
              description="Kept in this tab until it is closed, and sent to the API of this stage alone."
              autoComplete="off"
              spellCheck={false}
              required
              data-autofocus
              value={apiKey}
              onChange={(event) => setApiKey(event.currentTarget.value)}
            />
            {check.error && (
              <Alert
                role="alert"
                color="red"
                icon={<IconAlertTriangle aria-hidden />}
                title={titleOf(check.error)}
              >
                {check.error instanceof ProblemError ? check.error.detail : check.error.message}
              </Alert>
            )}
            <Button type="submit" loading={check.isPending} disabled={apiKey.trim() === ''}>
              Sign in
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}

function titleOf(error: Error): string {
  if (!(error instanceof ProblemError)) {
    return 'The API did not answer';
  }
  switch (error.status) {
    case 401:
      return 'The API does not know this key';
    case 403:
      return 'This key may not read payments';
    default:
      return 'The API could not check this key';
  }
}
