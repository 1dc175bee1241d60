import type {
  BreakKind,
  BreakStatus,
  ReconciliationBreakResource,
} from '../../contracts/settlement/reconciliation.ts';
import type { SettlementLineType } from '../../contracts/settlement/settlement.ts';
import { derivedId } from '../ids.ts';
import type { Currency } from '../money/currency.ts';
import { type FileLine, type OurSide, type Settled, theirsMinor } from './sides.ts';

/** The tenant that sees every break and run: who operates the pipeline. No merchant has this name. */
export const operationsTenant = 'operations';

/** Who closes a break that nobody had to. */
const itself = 'reconciliation';

/** What one side says, in minor units. */
export interface BreakSide {
  readonly amountMinor: number;
  readonly currency: Currency;
}

/** A difference between a settlement file and our books, and what became of it. */
export interface Break {
  readonly id: string;
  readonly kind: BreakKind;
  readonly status: BreakStatus;
  readonly provider: string;
  readonly file: string;
  readonly line: number | null;
  readonly lineId: string | null;
  readonly type: SettlementLineType | null;
  readonly paymentId: string | null;
  readonly operationId: string | null;
  readonly ours: BreakSide | null;
  readonly theirs: BreakSide | null;
  readonly tenant: string;
  readonly created: string;
  readonly resolution: {
    readonly reason: string;
    readonly by: string;
    readonly time: string;
  } | null;
}

/**
 * The id of a line's break: of the line and its kind, so that a run that is begun again files the
 * same one.
 */
export function lineBreakId({ file, number, record }: FileLine, kind: BreakKind): string {
  return placeBreakId({ file, line: number, operationId: record.operation_id }, kind);
}

/** The same by the line's place, for who does not have the line. */
export function placeBreakId(
  place: { readonly file: string; readonly line: number; readonly operationId: string },
  kind: BreakKind,
): string {
  return derivedId('break', place.file, String(place.line), kind, place.operationId);
}

/** The id of a missing line's break: of what is missing, whichever run finds it out. */
export function missingBreakId({ provider, type, operationId }: Settled): string {
  return derivedId('break', 'missing_line', provider, type, operationId);
}

/** A line that breaks. `ours` null: nothing of ours; it is the payment's tenant's all the same. */
export function lineBreak(
  kind: BreakKind,
  line: FileLine,
  ours: OurSide | null,
  owner: { readonly tenant: string; readonly paymentId: string } | null,
  time: string,
): Break {
  const { record } = line;
  return {
    id: lineBreakId(line, kind),
    kind,
    status: 'open',
    provider: line.provider,
    file: line.file,
    line: line.number,
    lineId: record.line_id,
    type: record.type,
    paymentId: owner?.paymentId ?? null,
    operationId: record.operation_id,
    ours: ours && { amountMinor: ours.amountMinor, currency: ours.currency },
    theirs: { amountMinor: theirsMinor(record), currency: record.currency },
    tenant: owner?.tenant ?? operationsTenant,
    created: time,
    resolution: null,
  };
}

/** Something of ours that no file has up to the cut-off of this one. */
export function missingBreak(settled: Settled, file: string, ours: OurSide, time: string): Break {
  return {
    id: missingBreakId(settled),
    kind: 'missing_line',
    status: 'open',
    provider: settled.provider,
    file,
    line: null,
    lineId: null,
    type: settled.type,
    paymentId: ours.paymentId,
    operationId: settled.operationId,
    ours: { amountMinor: ours.amountMinor, currency: ours.currency },
    theirs: null,
    tenant: ours.tenant,
    created: time,
    resolution: null,
  };
}

/** A line, or a whole file (`number` null), of which nothing can be said. */
export function unreadableBreak(
  where: { readonly provider: string; readonly file: string; readonly number: number | null },
  time: string,
): Break {
  return {
    id: derivedId('break', where.file, String(where.number), 'unreadable_line'),
    kind: 'unreadable_line',
    status: 'open',
    provider: where.provider,
    file: where.file,
    line: where.number,
    lineId: null,
    type: null,
    paymentId: null,
    operationId: null,
    ours: null,
    theirs: null,
    tenant: operationsTenant,
    created: time,
    resolution: null,
  };
}

/** The same break, closed by somebody. */
export function resolved(broken: Break, resolution: NonNullable<Break['resolution']>): Break {
  return { ...broken, status: 'resolved', resolution };
}

/** The same break, closed as a line has said something else since. */
export function closedBy(broken: Break, { record, file }: FileLine, time: string): Break {
  const reason = `line ${record.line_id} of ${file} is about it`;
  return resolved(broken, { reason, by: itself, time });
}

/** The same break, closed as a line that agrees has taken the place of the one that broke. */
export function correctedBy(broken: Break, { record, file }: FileLine, time: string): Break {
  const reason = `line ${record.line_id} of ${file} agrees, and was posted in its place`;
  return resolved(broken, { reason, by: itself, time });
}

/** True for who may see a break: the tenant that it concerns, and operations. */
export function mayRead(tenant: string, broken: Pick<Break, 'tenant'>): boolean {
  return tenant === broken.tenant || tenant === operationsTenant;
}

/** True for who may close a break: not the tenant whose money it is about. */
export function mayResolve(tenant: string): boolean {
  return tenant === operationsTenant;
}

/** A break as the API shows it. */
export function renderBreak(broken: Break): ReconciliationBreakResource {
  const side = (of: BreakSide | null) => of && { amount: of.amountMinor, currency: of.currency };
  return {
    id: broken.id,
    object: 'reconciliation_break',
    kind: broken.kind,
    status: broken.status,
    provider: broken.provider,
    file: broken.file,
    line: broken.line,
    line_id: broken.lineId,
    type: broken.type,
    payment_id: broken.paymentId,
    operation_id: broken.operationId,
    ours: side(broken.ours),
    theirs: side(broken.theirs),
    tenant: broken.tenant,
    created: broken.created,
    resolution: broken.resolution,
  };
}
