/** Keys of this API, secrets of webhooks, and keys of Stripe's API, by what they begin with. */
const secretKey =
  /(?<![A-Za-z0-9])(?:paysaga_[a-z]{1,20}_[\w-]{43}|whsec_[\w+/-]{24,}|[sr]k_(?:live|test)_[A-Za-z0-9]{16,})/;

/** True for a text with a secret key in it, which somebody has put into the wrong place. */
export function holdsSecretKey(text: string): boolean {
  return secretKey.test(text);
}
