import { type Query, QueryClient } from '@tanstack/react-query';

/** The client of the API tries again; here nothing does. */
export function queryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        staleTime: 1_000,
        networkMode: 'always',
        refetchOnWindowFocus: disturbsNobody,
        refetchOnReconnect: disturbsNobody,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** Reading dead letters takes them out of others' sight for a moment: only who asks for it does so. */
function disturbsNobody({ queryKey }: Query): boolean {
  return !queryKey.includes('dead-letters') && !queryKey.includes('dead-letter');
}
