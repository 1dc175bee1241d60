import { describe, expect, it } from 'vitest';
import { memoryPaymentList } from '../../../shared/adapters/memory/payments/payment-list.ts';
import { changePayment } from '../../../shared/domain/payment/change.ts';
import { facts } from '../../../test/support/payments/facts.ts';
import { anAcceptedPayment, countingStamps } from '../../../test/support/payments/payments.ts';
import { projectList } from './project-list.ts';

describe('the projection of the payment list', () => {
  it('ends at the latest event, in whatever order and however often they come', async () => {
    const nextStamp = countingStamps();
    const accepted = anAcceptedPayment(nextStamp);
    const reserved = changePayment(accepted.after, facts.reserved, nextStamp());
    const captured = changePayment(reserved.after, facts.captured, nextStamp());
    const [one, two, three] = [accepted.event, reserved.event, captured.event];
    for (const order of [
      [one, two, three],
      [three, two, one],
      [two, two, one, three, one, three],
    ]) {
      const { project, list } = memoryPaymentList();
      for (const event of order) {
        await projectList(project)(event);
      }
      expect(await list({ tenant: 'acme', limit: 10, after: null })).toEqual({
        payments: [three.data.payment],
        next: null,
      });
    }
  });
});
