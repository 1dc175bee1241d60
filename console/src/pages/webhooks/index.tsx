import { useParams } from 'react-router';
import { EndpointPage } from './endpoint.tsx';
import { EndpointsPage } from './endpoints.tsx';

/** Where a tenant is told what happens, or one of the places. */
export default function Webhooks() {
  const { endpoint } = useParams();
  return endpoint ? <EndpointPage key={endpoint} id={endpoint} /> : <EndpointsPage />;
}
