import type {
  ChargeOutcome,
  Inquiry,
  OperationOutcome,
  Provider,
} from '../../../shared/ports/provider.ts';

type Calls = {
  readonly charge: ChargeOutcome;
  readonly capture: OperationOutcome;
  readonly void: OperationOutcome;
  readonly refund: OperationOutcome;
  readonly inquire: Inquiry;
};

export type Call = keyof Calls;

/** What a PSP answers to its calls of each kind, in order; the last one for ever. */
export type Answers = {
  readonly [C in Call]?: readonly (Calls[C] | (() => Promise<Calls[C]>))[];
};

/** A PSP that answers so, and that nobody may ask for anything else. */
export function answeringPsp(answers: Answers, name = 'psp') {
  const asked: { readonly call: Call; readonly operationId: string }[] = [];
  const call =
    <C extends Call>(kind: C) =>
    async ({ operationId }: { readonly operationId: string }): Promise<Calls[C]> => {
      const own: readonly (Calls[C] | (() => Promise<Calls[C]>))[] = answers[kind] ?? [];
      const before = asked.filter((other) => other.call === kind).length;
      asked.push({ call: kind, operationId });
      const answer = own[Math.min(before, own.length - 1)];
      if (answer === undefined) {
        throw new Error(`${name} was not to be asked for a ${kind}`);
      }
      return typeof answer === 'function' ? answer() : answer;
    };
  const provider: Provider = {
    name,
    charge: call('charge'),
    capture: call('capture'),
    void: call('void'),
    refund: call('refund'),
    inquire: call('inquire'),
  };
  return { provider, asked };
}
