// Made from docs/openapi.json: npm run docs.

import { List } from '../../list.ts';
import type { CallOptions, KeyedOptions, ListOptions } from '../../options.ts';
import type { Send } from '../../transport/send.ts';
import { operations } from '../operations.ts';
import type {
  ApproveOperatorActRequest,
  DeadLetterDetail,
  DeadLetterDiscard,
  DeadLetterRedrive,
  DeadLetterReport,
  DiscardDeadLetterRequest,
  GetOverviewQuery,
  ListDeadLettersQuery,
  ListParkedQuery,
  OperatorApproval,
  Overview,
  Parked,
  ParkedList,
  RedriveDeadLetterRequest,
  ResolveParkedRequest,
} from '../types.ts';

export class OperationsApi {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * What the stage, or one `tenant` of it, did in the last hour, what waits for a person, and how its PSPs are: for operators alone. What cannot be read in time is null.
   *
   * `GET /operations/overview`
   */
  getOverview(query: GetOverviewQuery = {}, options: CallOptions = {}): Promise<Overview> {
    return this.#send(operations.getOverview, { query }, options);
  }

  /**
   * What of the tenant’s payments and payouts waits for a person: payments first, the longest of each first. `limit` counts payments and payouts.
   *
   * `GET /operations/parked`
   */
  parked(query: ListParkedQuery = {}, options: ListOptions = {}): List<ParkedList> {
    return new List(this.#send, operations.listParked, { query }, options);
  }

  /**
   * Takes a person’s word on what is parked of a payment or a payout, or has it asked for or begun anew: for operators alone. The same again answers the same.
   *
   * `POST /operations/parked/{payment_id}/resolve`
   */
  resolveParked(paymentId: string, body: ResolveParkedRequest, options: CallOptions = {}): Promise<Parked> {
    return this.#send(operations.resolveParked, { path: { payment_id: paymentId }, body }, options);
  }

  /**
   * All queues of dead letters with what is in them, examined: for operators alone. While it is read, nobody else sees it.
   *
   * `GET /operations/dead-letters`
   */
  deadLetters(query: ListDeadLettersQuery = {}, options: CallOptions = {}): Promise<DeadLetterReport> {
    return this.#send(operations.listDeadLetters, { query }, options);
  }

  /**
   * All of one dead letter, and how what it is about is now.
   *
   * `GET /operations/dead-letters/{letter_id}`
   */
  getDeadLetter(letterId: string, options: CallOptions = {}): Promise<DeadLetterDetail> {
    return this.#send(operations.getDeadLetter, { path: { letter_id: letterId } }, options);
  }

  /**
   * Does again what could not be done, or says what that would come to. Where much is at risk it takes the approval of another operator.
   *
   * `POST /operations/dead-letters/{letter_id}/redrive`
   */
  redriveDeadLetter(letterId: string, body: RedriveDeadLetterRequest, options: CallOptions = {}): Promise<DeadLetterRedrive> {
    return this.#send(operations.redriveDeadLetter, { path: { letter_id: letterId }, body }, options);
  }

  /**
   * Takes a dead letter away for good. Where much is at risk it takes the approval of another operator.
   *
   * `POST /operations/dead-letters/{letter_id}/discard`
   */
  discardDeadLetter(letterId: string, body: DiscardDeadLetterRequest, options: CallOptions = {}): Promise<DeadLetterDiscard> {
    return this.#send(operations.discardDeadLetter, { path: { letter_id: letterId }, body }, options);
  }

  /**
   * Approves one act of another operator’s on one subject, with its outcome, reference and force, for a day. Whoever approves it cannot be who does it.
   *
   * `POST /operations/approvals`
   */
  approveOperatorAct(body: ApproveOperatorActRequest, options: KeyedOptions = {}): Promise<OperatorApproval> {
    return this.#send(operations.approveOperatorAct, { body }, options);
  }
}
