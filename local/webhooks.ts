import { randomBytes } from 'node:crypto';
import {
  GetParameterCommand,
  ParameterAlreadyExists,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { type SimulatorPsp, simulatorRoots } from '../shared/contracts/simulator/common.ts';
import type { SecretName } from '../shared/ports/access/secrets.ts';
import { newWebhookSecret } from '../shared/runtime/webhooks/signature.ts';
import type { StackContext } from './stack.ts';

const secrets: Readonly<Record<SimulatorPsp, SecretName>> = {
  simulator: 'simulator_webhook',
  'simulator-b': 'simulator_b_webhook',
};

/**
 * Has each PSP of the simulator send its notices to the API of the local stage, signed with a secret
 * that the two share from now on.
 *
 * @throws Error when the simulator does not take it
 */
export async function connectSimulator({
  endpoint,
  region,
  apiUrl,
  simulatorUrl,
}: Pick<StackContext, 'endpoint' | 'region' | 'apiUrl' | 'simulatorUrl'>): Promise<void> {
  const client = new SSMClient({
    endpoint,
    region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  for (const [psp, name] of Object.entries(secrets) as [SimulatorPsp, SecretName][]) {
    const secret = await sharedSecret(client, `/paysaga/local/${name}`);
    const response = await fetch(`${simulatorUrl}${simulatorRoots[psp]}/webhook-endpoint`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: `${apiUrl}/providers/${psp}/webhooks`, secret }),
    });
    if (!response.ok) {
      throw new Error(`${psp} did not take its webhook endpoint: status ${response.status}`);
    }
  }
  client.destroy();
}

/** The secret that there is, which functions may know already; else a new one. */
async function sharedSecret(client: SSMClient, Name: string): Promise<string> {
  const Value = newWebhookSecret(randomBytes);
  try {
    await client.send(new PutParameterCommand({ Name, Value, Type: 'SecureString' }));
    return Value;
  } catch (error) {
    if (!(error instanceof ParameterAlreadyExists)) {
      throw error;
    }
    const { Parameter } = await client.send(
      new GetParameterCommand({ Name, WithDecryption: true }),
    );
    return Parameter?.Value ?? '';
  }
}
