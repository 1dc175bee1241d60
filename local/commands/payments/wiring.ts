import { dynamoAudit } from '../../../shared/adapters/dynamo/audit/sources.ts';
import { dynamo, tableName } from '../../../shared/adapters/dynamo/client.ts';
import { dynamoPaymentHistory } from '../../../shared/adapters/dynamo/payments/history/histories.ts';
import { dynamoPaymentStore } from '../../../shared/adapters/dynamo/payments/payment-store.ts';
import { dynamoWebhookDeliveries } from '../../../shared/adapters/dynamo/webhooks/deliveries.ts';
import { dynamoWebhookEndpoints } from '../../../shared/adapters/dynamo/webhooks/endpoints.ts';
import { SimulatorOperationReport } from '../../../shared/contracts/simulator/control.ts';
import type { MachineName } from '../../../shared/domain/saga/sagas.ts';
import { type Delivery, deliveryId } from '../../../shared/domain/webhook/delivery.ts';
import type { WebhookEndpoint } from '../../../shared/domain/webhook/endpoint.ts';
import type { Outputs } from '../deployed.ts';
import type { PaymentsDependencies } from './command.ts';
import { stepFunctionsExecutions } from './executions.ts';
import type { Witnesses } from './known.ts';

/** The payments of the stage that this process has the environment of, and who knows of them. */
export function paymentsOf(outputs: Outputs): PaymentsDependencies {
  const tables = {
    payments: tableName('payments'),
    ledger: tableName('ledger'),
    books: tableName('books'),
  };
  const { SimulatorUrl: simulatorUrl } = outputs;
  return {
    store: {
      ...dynamoPaymentStore(dynamo(), tables),
      ...dynamoPaymentHistory(dynamo(), tables.payments),
    },
    witnesses: {
      execution: stepFunctionsExecutions((machine) => machineArn(outputs, machine)),
      findTransfers: dynamoAudit(dynamo(), tables).findTransfers,
      deliveries: deliveriesIn(tableName('webhooks')),
      report: simulatorUrl
        ? (provider, operationId) => reportOf(simulatorUrl, provider, operationId)
        : null,
    },
  };
}

/** By the stack's output: `PaymentSagaArn`, `ResolveInquiryArn`. */
function machineArn(outputs: Outputs, machine: MachineName): string {
  const id = machine.replaceAll(/(?:^|-)[a-z]/g, (start) => start.slice(-1).toUpperCase());
  const arn = outputs[`${id}SagaArn`] ?? outputs[`${id}InquiryArn`];
  if (!arn) {
    throw new Error(`the stage has no output for the machine ${machine}: deploy it first`);
  }
  return arn;
}

/** Those of the endpoints that its tenant has now; an endpoint that was deleted took its own with it. */
function deliveriesIn(table: string): Witnesses['deliveries'] {
  const { list } = dynamoWebhookEndpoints(dynamo(), table);
  const { get } = dynamoWebhookDeliveries(dynamo(), table);
  const endpoints = new Map<string, Promise<readonly WebhookEndpoint[]>>();
  return async (event) => {
    const { tenant } = event;
    const own = endpoints.get(tenant) ?? list(tenant);
    endpoints.set(tenant, own);
    const found = await Promise.all(
      (await own).map(({ id: endpointId }) =>
        get({ tenant, endpointId, id: deliveryId(event, endpointId) }),
      ),
    );
    return found.filter((delivery): delivery is Delivery => delivery !== null);
  };
}

/** Where the PSPs are that the simulator plays, below its URL. */
const simulated: Readonly<Record<string, string>> = { simulator: '', 'simulator-b': '/b' };

async function reportOf(url: string, provider: string, operationId: string) {
  const path = simulated[provider];
  if (path === undefined) {
    return undefined;
  }
  const response = await fetch(`${url}${path}/operations/${operationId}`);
  if (response.status === 404) {
    return null;
  }
  if (!response.ok) {
    throw new Error(`the simulator answered ${response.status}`);
  }
  const { effects, outcome } = SimulatorOperationReport.parse(await response.json());
  return { effects, outcome };
}
