import { changePayment } from '../../../shared/domain/payment/change.ts';
import { assessRisk as decide, type RiskRules } from '../../../shared/domain/risk/assess.ts';
import { Refusal } from '../../../shared/domain/saga/refusal.ts';
import { type AdvanceDependencies, claim } from '../../../shared/runtime/advance.ts';
import type { TaskCommand } from '../../../shared/runtime/saga-task.ts';

/**
 * Decides whether to take a payment:
 * 1. a payment that has ended is not assessed again
 * 2. one that was resumed is this execution's from here on; one that this execution has reserved is at
 *    its first step for the second time: the execution began anew, and that goes on record, once
 * 3. decide by the rules; nothing is written, as the same payment and rules decide alike. What is
 *    reserved was decided on before
 */
export function assessRisk({
  rules,
  ...deps
}: AdvanceDependencies & { readonly rules: RiskRules }) {
  return async (command: TaskCommand): Promise<void> => {
    const payment = await claim(deps, command, (current, stamp) => {
      if (current.status !== 'processing') {
        throw new Refusal('Superseded', `the payment is ${current.status}`);
      }
      const isOurs = current.restarted && !current.progress.resumed;
      if (current.execution === null || isOurs) {
        return null;
      }
      return changePayment(
        current,
        { type: 'payment.execution_restarted', facts: { execution: command.execution } },
        stamp,
      );
    });
    const decision = payment.hold ? null : decide(payment, rules);
    if (decision && !decision.accepted) {
      throw new Refusal('RiskRefused', decision.rule);
    }
  };
}
