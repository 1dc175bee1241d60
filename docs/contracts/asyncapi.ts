import { components, sorted } from './components.ts';
import { type EventContract, eventContracts } from './events.ts';
import { type AnyEndpoint, addNames, eventName, namesFor } from './names.ts';

type Ref = { readonly $ref: string };

/** The events as an AsyncAPI 3.0 document: what the bus carries, and what merchants are sent. */
export function asyncApiOf(endpoints: readonly AnyEndpoint[]) {
  const events = eventContracts();
  const names = { input: namesFor('input', endpoints), output: namesFor('output', endpoints) };
  for (const { schema } of events) {
    addNames(names.output, schema);
  }
  const { schemas, of } = components(names);
  const onBus = events.filter(({ source }) => source !== null);
  const messages = Object.fromEntries(
    events.flatMap((event) => {
      const payload = of(event.schema, 'output');
      const webhook = [`${eventName(event.type)}Webhook`, webhookMessage(event, payload)];
      return event.source === null
        ? [webhook]
        : [[eventName(event.type), busMessage(event, payload)], webhook];
    }),
  );
  const busNames = onBus.map(({ type }) => eventName(type));
  const webhookNames = events.map(({ type }) => `${eventName(type)}Webhook`);
  return {
    asyncapi: '3.0.0',
    info,
    defaultContentType: 'application/json',
    servers,
    channels: {
      bus: {
        address: 'paysaga-{stage}',
        title: 'The EventBridge bus',
        description: busText,
        servers: [{ $ref: '#/servers/bus' }],
        parameters: {
          stage: { description: 'The stage: `local`, `dev`, `prod`.', default: 'prod' },
        },
        messages: inComponents(busNames),
        'x-eventbridge': {
          bus: 'paysaga-{stage}',
          sources: [...new Set(onBus.map(({ source }) => source))],
          payload: '/detail',
          envelope: {
            source: 'the message’s `x-eventbridge.source`',
            'detail-type': 'the message’s `name`: the `type` of the event',
            time: '`time` of the event, in whole seconds',
            resources: ['`subject` of the event'],
            detail: 'the message’s payload',
          },
        },
      },
      webhooks: {
        title: 'The webhooks of a merchant',
        description: webhooksText,
        servers: [{ $ref: '#/servers/merchant' }],
        messages: inComponents(webhookNames),
      },
    },
    operations: {
      publishEvent: {
        action: 'send',
        channel: { $ref: '#/channels/bus' },
        title: 'Publish an event',
        summary:
          'Says on the bus what has happened, at least once, and in no order that is promised: `sequence` has that of one `subject`.',
        security: [{ $ref: '#/components/securitySchemes/iam' }],
        messages: onChannel('bus', busNames),
      },
      sendWebhook: {
        action: 'send',
        channel: { $ref: '#/channels/webhooks' },
        title: 'Send a webhook',
        summary: 'Tells a merchant’s endpoint what has happened to what is the merchant’s.',
        messages: onChannel('webhooks', webhookNames),
        bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
        security: [{ $ref: '#/components/securitySchemes/standardWebhooks' }],
      },
    },
    components: {
      messages,
      messageTraits: { standardWebhook },
      securitySchemes: { iam, standardWebhooks },
      schemas: sorted(schemas),
    },
  };
}

function common({ type, says }: EventContract) {
  return { name: type, title: type, summary: says, contentType: 'application/json' };
}

function busMessage(event: EventContract, payload: unknown) {
  return {
    ...common(event),
    payload,
    'x-eventbridge': {
      source: event.source,
      'detail-type': event.type,
      pattern: { source: [event.source], 'detail-type': [event.type] },
    },
  };
}

function webhookMessage(event: EventContract, payload: unknown) {
  return {
    ...common(event),
    payload,
    traits: [{ $ref: '#/components/messageTraits/standardWebhook' }],
  };
}

function inComponents(names: readonly string[]): Record<string, Ref> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));
}

function onChannel(channel: string, names: readonly string[]): Ref[] {
  return names.map((name) => ({ $ref: `#/channels/${channel}/messages/${name}` }));
}

const info = {
  title: 'Paysaga events',
  version: '1',
  description: [
    'What happens to payments and payouts. An event is a fact: it never changes, and is never taken back.',
    'An event comes at least once: take each `id` once. `sequence` counts the events of one `subject` without gaps, and `data` holds the resource as the event left it, so whoever keeps the one with the highest `sequence` has it right in whatever order they come.',
    '`version` is that of the form of `data`. What we publish has the present one, also of what was stored in an earlier form: making the one into the other (upcasting) is ours.',
    'An earlier version comes in two ways alone: out of the archive of the bus, when it is replayed, and out of a queue or a webhook that was filled before an upgrade. Such an event has the form that its version had then, and not the one of this document; our own consumers upcast it as they take it.',
    'Members and types may be added at any time: ignore those that are not known.',
  ].join('\n\n'),
};

const servers = {
  bus: {
    host: 'events.{region}.amazonaws.com',
    protocol: 'eventbridge',
    description: 'EventBridge in the account of the stage.',
    variables: { region: { default: 'eu-central-1', description: 'Of the stage.' } },
  },
  merchant: {
    host: '{host}',
    protocol: 'https',
    description: 'Where the merchant registered an endpoint, by `POST /webhook-endpoints`.',
    variables: { host: { default: 'merchant.example', description: 'Of the endpoint’s `url`.' } },
  },
};

const busText =
  'A consumer has a rule on the bus, by `source` and `detail-type`, whose target gets the envelope of EventBridge; `detail` is the event. A message’s `x-eventbridge.pattern` is the pattern of its rule. What a replay sends carries `replay-name` in the envelope.';

const webhooksText =
  'A POST of the event, as its bytes were signed, to each enabled endpoint of the tenant that takes its type. A 2xx within 15 seconds takes it; 410 disables the endpoint; anything else is tried again, ten times in three days, under the same `webhook-id`.';

const text = { type: 'string' } as const;

/** Standard Webhooks 1.0. */
const standardWebhook = {
  headers: {
    type: 'object',
    properties: {
      'webhook-id': {
        type: 'string',
        format: 'uuid',
        description: 'The `id` of the event: the same at each try.',
      },
      'webhook-timestamp': {
        type: 'string',
        pattern: '^[0-9]{1,12}$',
        description: 'When this try was sent, in seconds since 1970.',
      },
      'webhook-signature': {
        ...text,
        description:
          '`v1,` and the base64 HMAC-SHA-256 over `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that is valid, with spaces between. The key is what is base64 in the secret after `whsec_`.',
      },
      'content-type': { type: 'string', const: 'application/json' },
    },
    required: ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'content-type'],
  },
};

const iam = {
  type: 'http',
  scheme: 'AWS4-HMAC-SHA256',
  description: 'IAM of the account decides who may make a rule on the bus.',
};

const standardWebhooks = {
  type: 'symmetricEncryption',
  description:
    'Signed by Standard Webhooks 1.0 (standardwebhooks.com) with the secret of the endpoint.',
};
