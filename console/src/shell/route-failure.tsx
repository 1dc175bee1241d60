import { useRouteError } from 'react-router';
import { Failure } from '../components/failure.tsx';
import { Page } from '../components/page.tsx';

/** A page that could not be loaded, as after a deployment that took its bundle away, or that broke. */
export function RouteFailure() {
  const error = useRouteError();
  return (
    <Page title="This page broke">
      <Failure
        error={error instanceof Error ? error : new Error(String(error))}
        onRetry={() => location.reload()}
      >
        Nothing that you did is lost. If the console was deployed anew meanwhile, trying again
        helps.
      </Failure>
    </Page>
  );
}
