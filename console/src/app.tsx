import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from './api/query-client.ts';
import { Failure } from './components/failure.tsx';
import { loadConfig } from './session/config.ts';
import { SessionProvider } from './session/provider.tsx';
import { router } from './shell/routes.tsx';
import { cssVariables, theme } from './theme/theme.ts';

const queries = queryClient();

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <Configured />
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Configured() {
  const config = useQuery({
    queryKey: ['config'],
    queryFn: loadConfig,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  if (config.error) {
    return (
      <main className="ps-sign-in">
        <Failure error={config.error} onRetry={config.refetch}>
          The console did not find its settings, <code>config.json</code> beside its page.
        </Failure>
      </main>
    );
  }
  return config.data ? (
    <SessionProvider config={config.data}>
      <RouterProvider router={router} />
    </SessionProvider>
  ) : null;
}
