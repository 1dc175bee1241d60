// Made from docs/openapi.json: npm run docs.

import { List } from '../../list.ts';
import type { CallOptions, KeyedOptions, ListOptions, WaitOptions } from '../../options.ts';
import type { Send } from '../../transport/send.ts';
import { operations } from '../operations.ts';
import type {
  ApproveRefundRequest,
  CancelPaymentRequest,
  Cancellation,
  CancellationList,
  Capture,
  CaptureList,
  CapturePaymentRequest,
  CreatePaymentRequest,
  Customer,
  DisputeList,
  GetPaymentQuery,
  ListPaymentEventsQuery,
  ListPaymentsQuery,
  Payment,
  PaymentEventList,
  PaymentList,
  Refund,
  RefundApproval,
  RefundList,
  RefundPaymentRequest,
} from '../types.ts';

export class PaymentsApi {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Takes a payment. Answers 202 at once, or 200 when it settles within `Prefer: wait`.
   *
   * `POST /payments`
   */
  create(body: CreatePaymentRequest, options: WaitOptions = {}): Promise<Payment> {
    return this.#send(operations.createPayment, { body }, options);
  }

  /**
   * The payments of the tenant that match all filters, newest first. Follows the payments within moments; with `min_version`, waits for one.
   *
   * `GET /payments`
   */
  list(query: ListPaymentsQuery = {}, options: ListOptions = {}): List<PaymentList> {
    return new List(this.#send, operations.listPayments, { query }, options);
  }

  /**
   * One payment as it is now, if it has come to `min_version`; or as version `at_version` left it. `ETag` is its version.
   *
   * `GET /payments/{payment_id}`
   */
  get(paymentId: string, query: GetPaymentQuery = {}, options: CallOptions = {}): Promise<Payment> {
    return this.#send(operations.getPayment, { path: { payment_id: paymentId }, query }, options);
  }

  /**
   * What happened to one payment, oldest first: up to 100 events, or `limit`.
   *
   * `GET /payments/{payment_id}/events`
   */
  events(paymentId: string, query: ListPaymentEventsQuery = {}, options: ListOptions = {}): List<PaymentEventList> {
    return new List(this.#send, operations.listPaymentEvents, { path: { payment_id: paymentId }, query }, options);
  }

  /**
   * Takes authorized money: all that is left, or an `amount`, as often as there is some; `final` releases the rest.
   *
   * `POST /payments/{payment_id}/capture`
   */
  capture(paymentId: string, body: CapturePaymentRequest = {}, options: WaitOptions = {}): Promise<Capture> {
    return this.#send(operations.capturePayment, { path: { payment_id: paymentId }, body }, options);
  }

  /**
   * Gives back what is authorized and not captured.
   *
   * `POST /payments/{payment_id}/cancel`
   */
  cancel(paymentId: string, body: CancelPaymentRequest = {}, options: WaitOptions = {}): Promise<Cancellation> {
    return this.#send(operations.cancelPayment, { path: { payment_id: paymentId }, body }, options);
  }

  /**
   * Gives captured money back: all that is left, or an `amount`. `approval_id` names the approval of somebody else.
   *
   * `POST /payments/{payment_id}/refunds`
   */
  refund(paymentId: string, body: RefundPaymentRequest = {}, options: WaitOptions = {}): Promise<Refund> {
    return this.#send(operations.refundPayment, { path: { payment_id: paymentId }, body }, options);
  }

  /**
   * The refunds of one payment, oldest first.
   *
   * `GET /payments/{payment_id}/refunds`
   */
  refunds(paymentId: string, options: ListOptions = {}): List<RefundList> {
    return new List(this.#send, operations.listRefunds, { path: { payment_id: paymentId } }, options);
  }

  /**
   * The captures of one payment, oldest first.
   *
   * `GET /payments/{payment_id}/captures`
   */
  captures(paymentId: string, options: ListOptions = {}): List<CaptureList> {
    return new List(this.#send, operations.listCaptures, { path: { payment_id: paymentId } }, options);
  }

  /**
   * One capture as it is now.
   *
   * `GET /payments/{payment_id}/captures/{operation_id}`
   */
  getCapture(paymentId: string, operationId: string, options: CallOptions = {}): Promise<Capture> {
    return this.#send(operations.getCapture, { path: { payment_id: paymentId, operation_id: operationId } }, options);
  }

  /**
   * The cancellations of one payment, oldest first, its expiry among them.
   *
   * `GET /payments/{payment_id}/cancellations`
   */
  cancellations(paymentId: string, options: ListOptions = {}): List<CancellationList> {
    return new List(this.#send, operations.listCancellations, { path: { payment_id: paymentId } }, options);
  }

  /**
   * One cancellation as it is now.
   *
   * `GET /payments/{payment_id}/cancellations/{operation_id}`
   */
  getCancellation(paymentId: string, operationId: string, options: CallOptions = {}): Promise<Cancellation> {
    return this.#send(operations.getCancellation, { path: { payment_id: paymentId, operation_id: operationId } }, options);
  }

  /**
   * One refund as it is now.
   *
   * `GET /payments/{payment_id}/refunds/{operation_id}`
   */
  getRefund(paymentId: string, operationId: string, options: CallOptions = {}): Promise<Refund> {
    return this.#send(operations.getRefund, { path: { payment_id: paymentId, operation_id: operationId } }, options);
  }

  /**
   * The disputes of one payment, oldest first.
   *
   * `GET /payments/{payment_id}/disputes`
   */
  disputes(paymentId: string, options: ListOptions = {}): List<DisputeList> {
    return new List(this.#send, operations.listDisputes, { path: { payment_id: paymentId } }, options);
  }

  /**
   * Approves one refund of exactly this amount, for a day. Whoever approves it cannot be who asks for it.
   *
   * `POST /payments/{payment_id}/refund-approvals`
   */
  approveRefund(paymentId: string, body: ApproveRefundRequest, options: KeyedOptions = {}): Promise<RefundApproval> {
    return this.#send(operations.approveRefund, { path: { payment_id: paymentId }, body }, options);
  }

  /**
   * Who pays one payment, with the personal data that came with it; after an erasure without. 404 for a payment that names no customer.
   *
   * `GET /payments/{payment_id}/customer`
   */
  getCustomer(paymentId: string, options: CallOptions = {}): Promise<Customer> {
    return this.#send(operations.getPaymentCustomer, { path: { payment_id: paymentId } }, options);
  }
}
