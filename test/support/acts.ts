import fc from 'fast-check';
import type { OperatorAct } from '../../shared/ports/operator-log.ts';

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme', maxLength: 20 }));

/** An act with anything in its texts that can be stored. */
export const actArbitrary: fc.Arbitrary<OperatorAct> = fc.record({
  id: fc.uuid(),
  time: text,
  by: text,
  action: fc.constantFrom('dlq.discard', 'dlq.redrive', 'parked.resolve', 'payout.create'),
  subject: text,
  reason: text,
  details: fc
    .dictionary(text, text, { maxKeys: 4, noNullPrototype: true })
    .map((details) => ({ ...details })),
});
