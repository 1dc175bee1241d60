import type { Currency } from '../../../shared/domain/money/currency.ts';
import type { Core } from '../kernel/process.ts';
import type { Tell } from './notices.ts';

/** What a cardholder can dispute. */
interface Captured {
  readonly id: string;
  readonly reference: string;
  readonly currency: string;
  readonly capturedMinor: number;
}

/** So many of the charges that are captured are disputed. */
const share = 0.12;

/**
 * Has the cardholder of a charge dispute it, now and then: some time after its capture the PSP takes the
 * money back, and later it says for whom it was decided.
 */
export function disputes(
  { dice, kernel, timeline }: Core,
  { name, epochMs, tell }: { readonly name: string; readonly epochMs: number; readonly tell: Tell },
): (charge: Captured) => void {
  const seen = new Set<string>();
  return ({ id, reference, currency, capturedMinor }) => {
    const key = `dispute of ${id}`;
    if (seen.has(id) || !dice.chance(key, share)) {
      return;
    }
    seen.add(id);
    const data = {
      dispute_id: `dp_${reference}`,
      reference,
      provider_reference: id,
      amount: Math.max(1, Math.floor(capturedMinor * dice.pick(`${key} share`, [0.5, 1]))),
      fee: 1_500,
      currency: currency as Currency,
      reason: 'fraudulent',
    };
    const tellOf = (
      type: 'dispute.opened' | 'dispute.won' | 'dispute.lost',
      contrary: typeof type,
    ) => {
      timeline.say(name, `${type} of ${reference}`);
      tell(
        {
          id: `nt_${data.dispute_id}_${type.slice('dispute.'.length)}`,
          provider: name,
          time: new Date(epochMs + kernel.now()).toISOString(),
          type,
          data,
        },
        // What tells its end has all of it, so only that one must arrive.
        {
          key: `${type} of ${reference}`,
          mayBeLost: type === 'dispute.opened',
          contrary: type === 'dispute.opened' ? null : contrary,
        },
      );
    };
    kernel.after(dice.int(`${key} opens`, 1, 3_600_000), `${key} opens`, () => {
      tellOf('dispute.opened', 'dispute.opened');
      kernel.after(dice.int(`${key} ends`, 1, 86_400_000), `${key} ends`, () => {
        const isWon = dice.chance(`${key} is won`, 0.5);
        tellOf(isWon ? 'dispute.won' : 'dispute.lost', isWon ? 'dispute.lost' : 'dispute.won');
      });
    });
  };
}
