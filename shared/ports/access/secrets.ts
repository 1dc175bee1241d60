/** What a stage keeps from everybody but the functions that need it. */
export type SecretName =
  | 'stripe_api_key'
  | 'stripe_webhook'
  | 'psp_webhook'
  | 'bank_webhook'
  | 'simulator_webhook'
  | 'simulator_b_webhook';

/** The stage has no secret of this name: its message has the name, and never a value. */
export class SecretMissing extends Error {
  override readonly name = 'SecretMissing';
}

/** @throws SecretMissing when there is none of that name */
export type GetSecret = (name: SecretName) => Promise<string>;
