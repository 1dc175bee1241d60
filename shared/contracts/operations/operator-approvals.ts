import * as z from 'zod/mini';
import { Timestamp } from '../payment.ts';

const aReason = { error: 'must be a text of 10 to 500 characters' };
const anId = { error: 'must be the id of an approval' };
const aReference = { error: 'must be what the PSP or the bank calls it' };

/** Why an operator does something: it is kept for ever. */
export const actReason = z
  .string(aReason)
  .check(z.minLength(10, aReason), z.maxLength(500, aReason));

/** Of somebody else’s approval of this act; needed where much is at risk. */
export const approvalId = z.optional(z.uuid(anId));

/** The PSP's or the bank's own, of a charge or a payout that took effect; null of all else. */
export const pspReference = z._default(
  z.nullable(z.string(aReference).check(z.regex(/^[A-Za-z0-9._~-]{1,64}$/, aReference))),
  null,
);

/** What takes the approval of a second operator where much is at risk. */
export const approvedActs = [
  'parked.resolve',
  'dead_letter.redrive',
  'dead_letter.discard',
] as const;
export type ApprovedAct = (typeof approvedActs)[number];

/** What a word on something parked can say of it that takes an approval. */
const approvedOutcomes = ['took_effect', 'no_effect'] as const;
export type ApprovedOutcome = (typeof approvedOutcomes)[number];

const anAct = { error: `must be one of ${approvedActs.join(', ')}` };
const anOutcome = { error: `must be one of ${approvedOutcomes.join(', ')}` };
const aBoolean = { error: 'must be true or false' };
const aSubject = { error: 'must be the id of an operation that is parked, or of a dead letter' };

/** The body of `POST /operations/approvals`: what may be done, as whoever does it will send it. */
export const ApproveOperatorAct = z
  .strictObject(
    {
      act: z.enum(approvedActs, anAct),
      /** The `operation_id` of what is parked, or the id of a dead letter. */
      subject: z.uuid(aSubject),
      /** Needed for `parked.resolve`, and for nothing else. */
      outcome: z._default(z.nullable(z.enum(approvedOutcomes, anOutcome)), null),
      /** As it will be sent with `took_effect`, where it is needed there. */
      provider_reference: pspReference,
      /** True: to redrive a dead letter by force. For `dead_letter.redrive` alone. */
      force: z._default(z.boolean(aBoolean), false),
      reason: actReason,
    },
    { error: 'must be a JSON object' },
  )
  .check(
    z.refine(({ act, outcome }) => (act === 'parked.resolve') === (outcome !== null), {
      path: ['outcome'],
      error: 'is needed for parked.resolve, and only for that',
    }),
    z.refine((body) => body.provider_reference === null || body.outcome === 'took_effect', {
      path: ['provider_reference'],
      error: 'is only for what took_effect',
    }),
    z.refine(({ act, force }) => !force || act === 'dead_letter.redrive', {
      path: ['force'],
      error: 'is only for dead_letter.redrive',
    }),
  );
export type ApproveOperatorActBody = z.infer<typeof ApproveOperatorAct>;

/** That an operator agrees to one act of another’s, until it expires. */
export const OperatorApproval = z.object({
  id: z.uuid(),
  object: z.literal('operator_approval'),
  act: z.enum(approvedActs),
  subject: z.string(),
  /** Of `parked.resolve`; null of all else. */
  outcome: z.nullable(z.enum(approvedOutcomes)),
  /** Of a charge or a payout that took effect; null of all else. */
  provider_reference: z.nullable(z.string()),
  /** Whether a dead letter may be redriven by force. */
  force: z.boolean(),
  reason: z.string(),
  /** `key:<key id>` or `jwt:<subject>`. */
  approved_by: z.string(),
  created: Timestamp,
  expires: Timestamp,
});
export type OperatorApprovalResource = z.infer<typeof OperatorApproval>;
