export { type AnswerInfo, answerOf } from './answer.ts';
export { Paysaga } from './client.ts';
export { isProblem, type ProblemCode } from './errors/guard.ts';
export {
  AbortedError,
  ConnectionError,
  type Effect,
  PaysagaError,
  TimeoutError,
  UnexpectedAnswerError,
  UnsendableError,
} from './errors/paysaga-error.ts';
export { type Problem, ProblemError, type ProblemPlace } from './errors/problem-error.ts';
export * from './generated/problems.ts';
export type * from './generated/types.ts';
export type { List, PageOf } from './list.ts';
export type {
  CallOptions,
  ClientOptions,
  KeyedOptions,
  ListOptions,
  WaitOptions,
} from './options.ts';
export type { Backoff } from './transport/backoff.ts';
export type { Time } from './transport/time.ts';
export { type VerifyOptions, verifyWebhook, WebhookVerificationError } from './verify-webhook.ts';
export { NotFinalInTimeError, type WaitUntilFinalOptions } from './wait.ts';
