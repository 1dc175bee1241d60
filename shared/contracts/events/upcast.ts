import { paymentEventVersion, payoutEventVersion } from '../../domain/event-versions.ts';

/** An event as it may lie in a store or a queue: of any version that was ever written. */
interface AnyVersion {
  readonly type: string;
  readonly version: number;
  readonly data: Members;
}

type Members = Readonly<Record<string, unknown>>;

/** Makes the `data` of a version into that of the next one. */
type Upcaster = (data: Members, type: string) => Members;

/** A kind of events: the version that is written now, and the way to it from each before. */
interface Kind {
  readonly present: number;
  /** By the version that they take. What they fill in is what was so before anybody could say it. */
  readonly upcasters: Readonly<Record<number, Upcaster>>;
}

/** By what their types begin with. */
const kinds: Readonly<Record<string, Kind>> = {
  payment: {
    present: paymentEventVersion,
    upcasters: {
      // 2: payments can name who pays.
      1: (data, type) => ({
        ...data,
        ...(type === 'payment.accepted' ? { request: ofNoCustomer(data.request) } : {}),
        payment: upcastPayment(data.payment),
      }),
    },
  },
  payout: { present: payoutEventVersion, upcasters: {} },
};

/** An event of a version that nothing here reads: of a later one, or of one that never was. */
export class UnreadableVersion extends Error {
  override readonly name = 'UnreadableVersion';

  /** @param kind `payment` or `payout`; the type itself may be anything, and is not repeated */
  constructor(kind: string, version: number, present: number) {
    super(
      version > present
        ? `a ${kind} event of version ${version}, and this code reads none later than ${present}`
        : `a ${kind} event of version ${version}, which never was; ${present} is written now`,
    );
  }
}

/**
 * An event as it would be written now, whenever it was written. What is no event of ours is left as it
 * is: its reader says so.
 *
 * @throws UnreadableVersion for a version that is later than the present one, or never was
 */
export function upcast<Event>(event: Event): Event {
  if (!isEvent(event)) {
    return event;
  }
  const name = nameOf(event.type);
  const kind = kindOf(name);
  if (!kind) {
    return event;
  }
  let { version, data } = event;
  while (version !== kind.present) {
    const next = kind.upcasters[version];
    if (!next) {
      throw new UnreadableVersion(name, version, kind.present);
    }
    data = next(data, event.type);
    version += 1;
  }
  return version === event.version ? event : { ...event, version, data };
}

/** True when events of the version are read: it is the present one, or there is a way to it. */
export function readsVersion(type: string, version: number): boolean {
  const kind = kindOf(nameOf(type));
  let reached = version;
  while (kind?.upcasters[reached]) {
    reached += 1;
  }
  return reached === kind?.present;
}

/**
 * The state of a payment or a payout as it would be stored now. A state says no version of its form:
 * what it lacks tells when it was stored.
 */
export function upcastState<State>(state: State): State {
  const request = isObject(state) ? state.request : undefined;
  const isOfPayment = isObject(request) && Object.hasOwn(request, 'payment_method');
  return isOfPayment ? { ...state, request: ofNoCustomer(request) } : state;
}

/** A payment as answers and events carry it, as it would be rendered now. */
export function upcastPayment<Resource>(payment: Resource): Resource {
  return ofNoCustomer(payment);
}

/** With `customer` where it is written, so that equal answers are equal bytes. */
function ofNoCustomer<T>(members: T): T {
  if (!isObject(members) || Object.hasOwn(members, 'customer')) {
    return members;
  }
  const entries = Object.entries(members);
  const place = entries.findIndex(([name]) => name === 'metadata');
  return Object.fromEntries(entries.toSpliced(place, 0, ['customer', null])) as T;
}

function nameOf(type: string): string {
  return type.slice(0, type.indexOf('.'));
}

function kindOf(name: string): Kind | undefined {
  return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
}

function isEvent(event: unknown): event is AnyVersion {
  return (
    isObject(event) &&
    typeof event.type === 'string' &&
    typeof event.version === 'number' &&
    isObject(event.data)
  );
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
