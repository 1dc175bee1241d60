import type { Pause } from '../../../shared/runtime/advance.ts';
import type { NextStamp } from '../../../shared/runtime/stamp.ts';
import type { Environment } from '../aws/lambda.ts';
import type { FaultKind } from '../kernel/faults.ts';
import type { Core } from '../kernel/process.ts';

// biome-ignore lint/suspicious/noExplicitAny: a port's method has whatever arguments it has.
type Method = (...args: any[]) => Promise<any>;

/** What a function is given when it is loaded: its ports, each call of which is an effect. */
export interface Given {
  /** Some methods of a port, and no other: what is given and never called is never covered. */
  readonly port: <P extends object, K extends keyof P & string>(
    name: string,
    port: P,
    ...methods: readonly K[]
  ) => Pick<P, K>;
  readonly nextStamp: NextStamp;
  readonly now: () => string;
  /** The same in ms. */
  readonly nowMs: () => number;
  /** Until the invocation is ended. */
  readonly remainingMs: () => number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  /** Different at each call. */
  readonly newId: () => string;
  readonly pause: Pause;
  /** The key of the call that is being done, for what is decided behind its port. */
  readonly callKey: () => string;
}

/** How a port's method can fail, and how its calls are told in a timeline. */
interface Manner {
  readonly kinds?: readonly FaultKind[];
  /** What a call is answered that meets a conflict. */
  readonly conflict?: unknown;
  readonly say?: (args: readonly never[], answer: unknown) => string;
}

const reads: readonly FaultKind[] = ['throttle'];
const writes: readonly FaultKind[] = ['throttle', 'lost_answer', 'late'];

interface ToldChange {
  readonly event: { readonly type: string; readonly sequence: number; readonly subject: string };
}
const change = ([told]: readonly ToldChange[]) =>
  ` ${told?.event.type} as ${told?.event.sequence} of ${told?.event.subject}`;
const kindOf = (answer: unknown) => (answer as { readonly kind: string }).kind;

/** What has no entry here is a read when it is called like one, and a write otherwise. */
const manners: Readonly<Record<string, Manner>> = {
  'payments.accept': { say: (args, answer) => `${change(args)}: ${kindOf(answer)}` },
  'payments.append': {
    kinds: [...writes, 'conflict'],
    conflict: 'conflict',
    say: (args, answer) => `${change(args)}: ${String(answer)}`,
  },
  'payouts.accept': { say: (args, answer) => `${change(args)}: ${kindOf(answer)}` },
  'payouts.append': {
    kinds: [...writes, 'conflict'],
    conflict: 'conflict',
    say: (args, answer) => `${change(args)}: ${String(answer)}`,
  },
  // A PSP's own trouble is the PSP's: an adapter never throws.
  'provider.charge': { kinds: [], say: (_, answer) => `: ${kindOf(answer)}` },
  'provider.capture': { kinds: [], say: (_, answer) => `: ${kindOf(answer)}` },
  'provider.void': { kinds: [], say: (_, answer) => `: ${kindOf(answer)}` },
  'provider.refund': { kinds: [], say: (_, answer) => `: ${kindOf(answer)}` },
  'provider.inquire': { kinds: [], say: (_, answer) => `: ${kindOf(answer)}` },
  'bus.publish': {
    say: ([events]: readonly (readonly ToldChange['event'][])[], answer) =>
      ` ${events
        ?.map(({ type, subject }) => `${type} of ${subject}`)
        .join(
          ', ',
        )}: ${(answer as readonly (string | null)[]).map((why) => why ?? 'taken').join(', ')}`,
  },
  'sagas.start': {
    say: ([start]: readonly { machine: string; name: string }[]) =>
      ` ${start?.machine} ${start?.name}`,
  },
};

function mannerOf(effect: string): Required<Pick<Manner, 'kinds'>> & Manner {
  const [, method = ''] = effect.split('.');
  const kinds = /^(load|list|find|read|due|parked|events|get|look|books)/.test(method)
    ? reads
    : writes;
  return { kinds, ...manners[effect] };
}

/**
 * @param epochMs the start of virtual time, in ms of the real calendar
 */
export function given(
  core: Core,
  { name, environment }: { readonly name: string; readonly environment: Environment },
  epochMs: number,
): Given {
  const { kernel, dice } = core;
  const nowMs = () => epochMs + kernel.now() + environment.process().skewMs;
  const hex = (key: string, digits: number) =>
    Math.floor(dice.unit(key) * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return {
    port: (portName, port, ...methods) => {
      const wrapped: Record<string, Method> = {};
      for (const method of methods) {
        const effect = `${portName}.${method}`;
        const { kinds, conflict, say } = mannerOf(effect);
        core.coverage.register(name, effect);
        wrapped[method] = (...args) =>
          environment.effect({
            name: effect,
            kinds,
            act: () => (port[method] as Method)(...args),
            say: (answer) => say?.(args as never[], answer) ?? '',
            ...(conflict === undefined ? {} : { conflict }),
          });
      }
      return wrapped as Pick<typeof port, (typeof methods)[number]>;
    },
    nextStamp: () => {
      const ms = Math.floor(nowMs());
      const key = environment.process().keyOf('stamp');
      const time = ms.toString(16).padStart(12, '0');
      return {
        time: new Date(ms).toISOString(),
        eventId: [
          time.slice(0, 8),
          time.slice(8),
          `7${hex(`a ${key}`, 3)}`,
          `8${hex(`b ${key}`, 3)}`,
          `${hex(`c ${key}`, 6)}${hex(`d ${key}`, 6)}`,
        ].join('-'),
      };
    },
    now: () => new Date(Math.floor(nowMs())).toISOString(),
    nowMs: () => Math.floor(nowMs()),
    remainingMs: () => environment.process().endsMs - kernel.now(),
    random: () => dice.unit(environment.process().keyOf('random')),
    newId: () => environment.process().keyOf('id'),
    pause: (tried) =>
      new Promise((resolve) => {
        const process = environment.process();
        const key = process.keyOf('pause');
        kernel.after(dice.unit(key) * Math.min(400, 25 * 2 ** tried), key, () => {
          if (process.isAlive()) {
            resolve();
          }
        });
      }),
    callKey: () => core.acting.key,
  };
}
