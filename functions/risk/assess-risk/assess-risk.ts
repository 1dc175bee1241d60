import { assessRisk as decide, type RiskRules } from '../../../shared/domain/risk/assess.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import type { LoadPayment } from '../../../shared/ports/payments.ts';
import { loadOwned } from '../../../shared/runtime/advance.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/**
 * Decides whether to take a payment:
 * 1. a payment that has ended is not assessed again
 * 2. decide by the rules; nothing is written, as the same payment and rules decide alike
 */
export function assessRisk({
  load,
  rules,
}: {
  readonly load: LoadPayment;
  readonly rules: RiskRules;
}) {
  return async (command: TaskCommand): Promise<void> => {
    const payment = await loadOwned(load, command);
    if (payment.status !== 'processing') {
      throw new Refusal('Superseded', `the payment is ${payment.status}`);
    }
    const decision = decide(payment, rules);
    if (!decision.accepted) {
      throw new Refusal('RiskRefused', decision.rule);
    }
  };
}
