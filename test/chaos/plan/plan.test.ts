import { describe, expect, it } from 'vitest';
import { dice } from './dice.ts';
import { chaosCurrencies, chaosTenants, planPayments, tokens } from './plan.ts';

describe('the payments of a chaos run', () => {
  const plan = planPayments(1, 200);

  it('are the same for the same seed, and others for another', () => {
    expect(planPayments(1, 200)).toEqual(plan);
    expect(planPayments(2, 200)).not.toEqual(plan);
  });

  it('are mixed: every token, tenant and currency, both ways to capture', () => {
    expect(plan).toHaveLength(200);
    const values = (of: (one: (typeof plan)[number]) => string) => new Set(plan.map(of));
    expect(values(({ body }) => body.payment_method)).toEqual(new Set(tokens));
    expect(values(({ tenant }) => tenant)).toEqual(new Set(chaosTenants));
    expect(values(({ body }) => body.currency)).toEqual(new Set(chaosCurrencies));
    expect(values(({ body }) => body.capture_method).size).toBe(2);
  });

  it('are mostly approved, and seldom kept waiting', () => {
    const share = (token: string) =>
      plan.filter(({ body }) => body.payment_method === token).length / plan.length;
    expect(share('tok_approve')).toBeGreaterThan(0.2);
    expect(share('tok_timeout_forever')).toBeLessThan(0.03);
  });

  it('ask for what their token is about', () => {
    const first = (token: string) =>
      plan.find(({ body }) => body.payment_method === token)?.actions[0]?.kind;
    expect(first('tok_capture_never_answers')).toBe('capture');
    expect(first('tok_void_never_answers')).toBe('cancel');
    expect(first('tok_refund_never_answers')).toBe('refund');
  });

  it('ask for what no rule allows, and repeat themselves, also at once', () => {
    const actions = plan.flatMap((one) => one.actions);
    expect(actions.length).toBeGreaterThan(250);
    expect(actions.some(({ share }) => share !== null && share > 1)).toBe(true);
    expect(actions.some(({ kind, final }) => kind === 'capture' && final)).toBe(true);
    expect(plan.filter(({ copies, atOnce }) => copies > 1 && atOnce).length).toBeGreaterThan(10);
    expect(plan.filter(({ copies, atOnce }) => copies > 1 && !atOnce).length).toBeGreaterThan(10);
    expect(new Set(plan.map(({ misuse }) => misuse)).size).toBe(3);
  });

  it('can be few', () => {
    expect(planPayments(3, 1)).toHaveLength(1);
  });
});

describe('dice', () => {
  it('leave all other choices as they are when one is taken away', () => {
    const die = dice(5);
    expect(die.shuffle('a', [1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(die.integer('b', 1, 1)).toBe(1);
    expect(die.integer('c', 0, 9)).toBe(dice(5).integer('c', 0, 9));
    expect(() => die.pick('d', [])).toThrow(RangeError);
  });
});
