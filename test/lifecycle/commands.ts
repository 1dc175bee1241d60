import * as fc from 'fast-check';

export const lifecycleCurrencies = ['EUR', 'JPY'] as const;

/**
 * One thing that happens: what somebody asks for, legal or not, what a PSP or a bank tells, or the
 * time that goes by. `pick` chooses among what is there, and `share` is of its amount.
 */
export const command = fc.record({
  kind: fc.constantFrom(
    'pay',
    'pay',
    'capture',
    'capture',
    'capture',
    'cancel',
    'refund',
    'refund',
    'refund twice',
    'again',
    'begin',
    'begin',
    'expire',
    'inquire',
    'dispute',
    'dispute end',
    'settle',
    'settle',
    'payout',
    'payout twice',
    'payout end',
    'fold',
    'fold',
  ),
  pick: fc.nat(11),
  share: fc.constantFrom(0.1, 0.34, 0.5, 1, 1.2, null),
  flag: fc.boolean(),
  amountMinor: fc.oneof(
    fc.integer({ min: 1, max: 20_000 }),
    fc.constantFrom(1, 2, 17, 999_999_999_999, 1_000_000_000_000),
  ),
  currency: fc.constantFrom(...lifecycleCurrencies),
  mood: fc.constantFrom(
    'works',
    'works',
    'works',
    'works',
    'works',
    'declines',
    'busy once',
    'busy',
    'never answers',
    'loses its answer',
  ),
});

export type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

const start: Command = {
  kind: 'pay',
  pick: 0,
  share: null,
  flag: true,
  amountMinor: 10_000,
  currency: 'EUR',
  mood: 'works',
};

/**
 * Up to 30 of them. The first is a payment, so that there is something to do something with; in
 * half of the sequences it is captured and settled, so that there is something to pay out.
 */
export const sequence: fc.Arbitrary<readonly Command[]> = fc.oneof(
  fc
    .array(command, { minLength: 1, maxLength: 30, size: 'max' })
    .map(([first, ...others]) => [{ ...(first as Command), kind: 'pay' as const }, ...others]),
  fc
    .array(command, { maxLength: 28, size: 'max' })
    .map((others) => [start, { ...start, kind: 'settle' as const }, ...others]),
);
