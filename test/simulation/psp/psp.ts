import type { Currency } from '../../../shared/domain/money/currency.ts';
import type { Inquiry, OperationOutcome, Provider } from '../../../shared/ports/provider.ts';
import type { FaultKind } from '../kernel/faults.ts';
import type { Core } from '../kernel/process.ts';
import { disputes } from './disputes.ts';
import { type Arrived, type Liar, liar } from './liar.ts';
import type { Tell } from './notices.ts';

/** A charge in the PSP's own books. */
export interface PspCharge {
  /** The PSP's own. */
  readonly id: string;
  /** Our payment id. */
  readonly reference: string;
  readonly currency: string;
  readonly authorizedMinor: number;
  capturedMinor: number;
  voidedMinor: number;
  refundedMinor: number;
  /** From then on nothing is captured; null when it does not say. */
  readonly authorizedUntilMs: number | null;
}

/** What a settlement file has to say of an effect. */
export interface Movement {
  readonly type: 'capture' | 'refund';
  readonly reference: string;
  readonly operationId: string;
  readonly providerReference: string;
  readonly grossMinor: number;
  readonly currency: string;
  readonly atMs: number;
}

type Approved = Extract<Inquiry, { kind: 'approved' }>;
type PspVerdict = Approved | Exclude<OperationOutcome, { kind: 'busy' | 'unknown' }>;

/** A PSP: its books, by which we are judged, and what it does when it is called. */
export interface Psp extends Pick<Liar<PspVerdict>, 'arrived' | 'effects' | 'calls' | 'misuse'> {
  readonly name: string;
  /** By the PSP's own ids. */
  readonly charges: ReadonlyMap<string, PspCharge>;
  /** Those of a payment. */
  readonly chargesOf: (reference: string) => readonly PspCharge[];
  /** In the order in which they took effect. */
  readonly movements: readonly Movement[];
  readonly provider: Provider;
}

export interface PspProps {
  readonly name: string;
  readonly settleWindowMs: number;
  /** The start of virtual time, in ms of the real calendar. */
  readonly epochMs: number;
  readonly nameOf: ReadonlyMap<string, string>;
  readonly tell: Tell;
}

/** A PSP that keeps its own books by its own rules: it trusts no caller, and is not to be trusted. */
export function psp(core: Core, props: PspProps): Psp {
  const { dice, kernel } = core;
  const charges = new Map<string, PspCharge>();
  const movements: Movement[] = [];
  const isCaptured = disputes(core, props);
  const move = (
    type: Movement['type'],
    { id, reference, currency }: PspCharge,
    operationId: string,
    grossMinor: number,
  ) => {
    const atMs = kernel.now();
    const charge = charges.get(id);
    if (type === 'capture' && charge) {
      isCaptured(charge);
    }
    movements.push({
      type,
      reference,
      operationId,
      providerReference: id,
      grossMinor,
      currency,
      atMs,
    });
  };
  const timeAt = (ms: number) => new Date(props.epochMs + ms).toISOString();

  const noticeOf = ({ id, verdict, request, atMs }: Arrived<PspVerdict>, what: string) => {
    const asked = JSON.parse(request) as {
      reference?: string;
      providerReference?: string;
      amountMinor?: number | null;
      currency?: string;
    };
    const of = verdict.kind === 'approved' ? verdict.providerReference : asked.providerReference;
    const charge = of === undefined ? undefined : charges.get(of);
    const isTaken = verdict.kind !== 'declined';
    const taken = verdict.kind === 'approved' ? verdict.amountMinor : (asked.amountMinor ?? null);
    const [good, bad] =
      what === 'charge'
        ? (['charge.approved', 'charge.declined'] as const)
        : (['operation.succeeded', 'operation.declined'] as const);
    props.tell(
      {
        id: `nt_${id}`,
        provider: props.name,
        time: timeAt(atMs),
        type: isTaken ? good : bad,
        data: {
          reference: charge?.reference ?? asked.reference ?? '',
          operation_id: id,
          provider_reference: of ?? null,
          amount: taken,
          currency: (charge?.currency ?? asked.currency) as Currency,
        },
      },
      {
        key: `${what} ${props.nameOf.get(id) ?? id}`,
        mayBeLost: true,
        contrary: isTaken ? bad : good,
      },
    );
  };
  const books = liar<PspVerdict>(core, props.name, props.settleWindowMs, props.nameOf, noticeOf);

  /** Changes a charge, if its amounts allow it. */
  const change = (
    id: string,
    operationId: string,
    fault: FaultKind | null,
    by: (
      charge: PspCharge,
    ) => Partial<Record<'capturedMinor' | 'voidedMinor' | 'refundedMinor', number>>,
  ): PspVerdict => {
    const charge = charges.get(id);
    if (!charge || fault === 'psp_declines') {
      return { kind: 'declined', code: 'do_not_honor', message: 'No.' };
    }
    const added = by(charge);
    const after = { ...charge };
    for (const [name, minor] of Object.entries(added)) {
      after[name as keyof typeof added] += minor;
    }
    const isOver = charge.authorizedUntilMs !== null && kernel.now() >= charge.authorizedUntilMs;
    if (
      after.capturedMinor + after.voidedMinor > after.authorizedMinor ||
      after.refundedMinor > after.capturedMinor ||
      (isOver && (added.capturedMinor ?? 0) > 0)
    ) {
      return { kind: 'declined', code: 'not_allowed', message: 'No.' };
    }
    charges.set(id, after);
    if (added.capturedMinor) {
      move('capture', charge, operationId, added.capturedMinor);
    }
    if (added.refundedMinor) {
      move('refund', charge, operationId, added.refundedMinor);
    }
    return { kind: 'done' };
  };
  const openMinor = (charge: PspCharge) =>
    charge.authorizedMinor - charge.capturedMinor - charge.voidedMinor;

  const provider: Provider = {
    name: props.name,
    charge: async (request) =>
      books.call(
        { id: request.operationId, what: 'charge', request, kinds: ['psp_mismatch'] },
        (fault) => {
          if (fault === 'psp_declines') {
            return { kind: 'declined', code: 'insufficient_funds', message: 'No.' };
          }
          const { reference, amountMinor, currency, capture } = request;
          const key = `${props.name} charge of ${reference}`;
          const authorizedMinor = fault === 'psp_mismatch' ? amountMinor + 1 : amountMinor;
          const untilMs = dice.chance(`says until ${key}`, 0.3)
            ? kernel.now() + dice.int(`until ${key}`, 1, 9) * 86_400_000
            : null;
          const id = `ch_${props.name}_${reference}`;
          const charge: PspCharge = {
            id,
            reference,
            currency,
            authorizedMinor,
            capturedMinor: capture ? authorizedMinor : 0,
            voidedMinor: 0,
            refundedMinor: 0,
            authorizedUntilMs: capture ? null : untilMs,
          };
          charges.set(id, charge);
          // A charge that was not what was asked is reversed, and is none of ours.
          if (capture && fault !== 'psp_mismatch') {
            move('capture', charge, request.operationId, authorizedMinor);
          }
          return {
            kind: 'approved',
            providerReference: id,
            amountMinor: authorizedMinor,
            currency,
            captured: capture,
            authorizedUntil: capture || untilMs === null ? null : timeAt(untilMs),
          };
        },
      ) as ReturnType<Provider['charge']> extends Promise<infer T> ? T : never,
    capture: async (request) =>
      books.call({ id: request.operationId, what: 'capture', request }, (fault) =>
        change(request.providerReference, request.operationId, fault, (charge) => ({
          capturedMinor: request.amountMinor,
          voidedMinor: request.final ? openMinor(charge) - request.amountMinor : 0,
        })),
      ) as OperationOutcome,
    void: async (request) =>
      books.call({ id: request.operationId, what: 'void', request }, (fault) =>
        change(request.providerReference, request.operationId, fault, (charge) => ({
          voidedMinor: openMinor(charge),
        })),
      ) as OperationOutcome,
    refund: async (request) =>
      books.call({ id: request.operationId, what: 'refund', request }, (fault) =>
        change(request.providerReference, request.operationId, fault, (charge) => ({
          refundedMinor: request.amountMinor ?? charge.capturedMinor - charge.refundedMinor,
        })),
      ) as OperationOutcome,
    inquire: async ({ operationId }) => books.inquire(operationId),
  };
  return {
    name: props.name,
    provider,
    charges,
    movements,
    chargesOf: (reference) =>
      [...charges.values()].filter((charge) => charge.reference === reference),
    arrived: books.arrived,
    effects: books.effects,
    calls: books.calls,
    misuse: books.misuse,
  };
}
