/** `createPayment` is `CreatePayment`, `webhook-endpoints` is `WebhookEndpoints`. */
export function pascal(text: string): string {
  return text.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z])/g, (_, letter: string) =>
    letter.toUpperCase(),
  );
}

/** `WebhookEndpoints`, `webhook-endpoints` and `webhook_endpoints` are `webhookEndpoints`. */
export function camel(text: string): string {
  return pascal(text).replace(/^[A-Z]/, (letter) => letter.toLowerCase());
}

/** Where an operation is in the client: by the first part of its path. */
export function groupOf(path: string): string {
  return path.split('/')[1] ?? '';
}

/**
 * What an operation is called in its group: its id without what the group's name says already, and
 * without `list` where what is listed has another name. In `payments`, `createPayment` is `create`,
 * `listPayments` is `list`, `listPaymentEvents` is `events`, `getCapture` stays.
 */
export function methodOf(operationId: string, group: string): string {
  const [verb = '', ...words] = operationId.match(/[A-Z]?[a-z0-9]+/g) ?? [];
  for (const word of group.split('-')) {
    if (singular(words[0] ?? '') !== singular(word)) {
      break;
    }
    words.shift();
  }
  return verb === 'list' && words.length > 0 ? camel(words.join('')) : [verb, ...words].join('');
}

function singular(word: string): string {
  return word.toLowerCase().replace(/s$/, '');
}
