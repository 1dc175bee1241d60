import type { ProviderNoticeMessage } from '../../../../shared/contracts/events/notices.ts';
import type { OperationBehaviour } from '../../../../shared/contracts/simulator/behaviour.ts';
import type { SimulatorPsp } from '../../../../shared/contracts/simulator/common.ts';
import type {
  OperationAbout,
  OperationRecord,
  SentNotice,
} from '../../../../shared/ports/simulator-store.ts';

export interface NoticeDependencies {
  /** Who sends them. */
  readonly psp: SimulatorPsp;
  readonly newId: () => string;
  readonly now: () => Date;
}

type ResultNotice = Extract<
  ProviderNoticeMessage,
  { type: `charge.${string}` | `operation.${string}` }
>;

/**
 * The notices of what an operation came to, as its behaviour asks for them. Those that say the same
 * are one notice, under one id.
 */
export function noticesOf(
  { psp, newId, now }: NoticeDependencies,
  operationId: string,
  about: OperationAbout,
  changed: OperationRecord['changed'],
  asked: OperationBehaviour['notices'] = [],
): readonly SentNotice[] {
  if (asked.length === 0) {
    return [];
  }
  const id = `nt_${newId()}`;
  const common = {
    provider: psp,
    time: now().toISOString(),
    data: {
      reference: about.reference,
      operation_id: operationId,
      provider_reference: changed && 'charge' in changed ? changed.charge.id : about.chargeId,
      amount: changed ? changed.effect.amountMinor : about.amountMinor,
      currency: about.currency,
    },
  } satisfies Partial<ResultNotice>;
  return asked.map(({ delaySeconds = 0, contradicts = false }) => {
    const type = typeOf(about.type, (changed !== null) !== contradicts);
    return { notice: { ...common, id: `${id}.${type}`, type }, delaySeconds };
  });
}

function typeOf(operation: OperationAbout['type'], succeeded: boolean): ResultNotice['type'] {
  if (operation === 'charge') {
    return succeeded ? 'charge.approved' : 'charge.declined';
  }
  return succeeded ? 'operation.succeeded' : 'operation.declined';
}
