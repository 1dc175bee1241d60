import { groupsOf } from './generated/groups.ts';
import { type ClientOptions, settingsOf } from './options.ts';
import { Payments } from './payments.ts';
import { sender } from './transport/send.ts';

/**
 * The API of one stage as one key sees it: `new Paysaga({ baseUrl, apiKey })`. Its groups have a method
 * for each operation of `docs/openapi.json`.
 *
 * @throws TypeError for an address or a key that cannot be used
 */
export class Paysaga {
  readonly payments: Payments;
  readonly payouts;
  readonly conversions;
  readonly ledger;
  readonly reports;
  readonly reconciliation;
  readonly customers;
  readonly webhookEndpoints;
  readonly operations;
  readonly health;

  constructor(options: ClientOptions) {
    const settings = settingsOf(options);
    const send = sender(settings);
    const groups = groupsOf(send);
    this.payments = new Payments(send, settings.time);
    this.payouts = groups.payouts;
    this.conversions = groups.conversions;
    this.ledger = groups.ledger;
    this.reports = groups.reports;
    this.reconciliation = groups.reconciliation;
    this.customers = groups.customers;
    this.webhookEndpoints = groups.webhookEndpoints;
    this.operations = groups.operations;
    this.health = groups.health;
  }
}
