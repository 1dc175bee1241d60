import type {
  Retrier,
  StateMachineDefinition,
  TaskState,
} from '../../../../infra/constructs/saga/definition.ts';
import type { FaultKind } from '../../kernel/faults.ts';
import type { Core } from '../../kernel/process.ts';
import { evaluate, type Scope } from '../expression.ts';
import type { Answer, Lambda } from '../lambda.ts';

/** One execution of a state machine. */
export interface Execution {
  /** As Step Functions tells it to the tasks. */
  readonly id: string;
  readonly machine: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** `lost`: it disappeared, and nobody was told. */
  status: 'running' | 'succeeded' | 'failed' | 'timed out' | 'aborted' | 'lost';
  /** The state that it is in, or ended in. */
  state: string;
  /** How often it was begun. */
  begun: number;
}

export interface Machine {
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definition: StateMachineDefinition;
  /** The function of a task, by the resource that the definition names. */
  readonly functionOf: (resource: string) => string;
}

/** Step Functions. */
export interface Machines {
  /** Starts an execution; STANDARD runs one of a name, EXPRESS one for each start. */
  readonly start: (
    machine: string,
    name: string,
    input: Readonly<Record<string, unknown>>,
  ) => 'started' | 'exists';
  readonly executions: readonly Execution[];
}

/** What an execution has come to, and that it is not over. */
interface Run {
  readonly execution: Execution;
  readonly machine: Machine;
  readonly input: Readonly<Record<string, unknown>>;
  /** The name by which its invocations are known. */
  readonly name: string;
  readonly isOver: () => boolean;
}

/** That an execution ends in the middle: at a task, before it is called or while it is under way. */
interface Loss {
  readonly kind: FaultKind;
  readonly when: 'before' | 'after';
}

export function machines(
  core: Core,
  functions: Lambda,
  known: ReadonlyMap<string, Machine>,
  nameOf: ReadonlyMap<string, string>,
): Machines {
  const { kernel, dice, faults, timeline } = core;
  const executions: Execution[] = [];
  const names = new Map<string, number>();

  const begin = (machine: Machine, execution: Execution): void => {
    execution.begun += 1;
    execution.status = 'running';
    const turn = execution.begun;
    const [label = '', copy = ''] = execution.id.split(':').slice(-2);
    const of = machine.type === 'EXPRESS' ? `${nameOf.get(label) ?? label}.${copy}` : copy;
    const name = `${machine.name} ${nameOf.get(of) ?? of}${turn > 1 ? ` begun ${turn} times` : ''}`;
    const isOver = () => execution.status !== 'running' || execution.begun !== turn;
    timeline.say(name, 'begins');
    if (machine.definition.TimeoutSeconds !== undefined) {
      kernel.after(machine.definition.TimeoutSeconds * 1_000, `timeout of ${name}`, () => {
        if (isOver()) {
          return false;
        }
        execution.status = 'timed out';
        timeline.say(name, `is ended by its timeout in ${execution.state}`);
        return true;
      });
    }
    enter({ execution, machine, input: execution.input, name, isOver }, machine.definition.StartAt);
  };

  const end = (
    { execution, name }: Pick<Run, 'execution' | 'name'>,
    status: Execution['status'],
  ) => {
    execution.status = status;
    timeline.say(name, `has ${status} in ${execution.state}`);
  };

  const enter = (run: Run, stateName: string): void => {
    const { execution, machine } = run;
    if (run.isOver()) {
      return;
    }
    execution.state = stateName;
    const state = machine.definition.States[stateName];
    if (!state) {
      throw new Error(`${machine.name} has no state ${stateName}`);
    }
    switch (state.Type) {
      case 'Succeed':
        end(run, 'succeeded');
        return;
      case 'Fail':
        end(run, 'failed');
        return;
      case 'Wait': {
        const scope = {
          input: run.input,
          executionId: execution.id,
          retryCount: 0,
          redriveCount: 0,
        };
        const key = `${stateName} of ${run.name} #${String(run.input.asked ?? 0)}`;
        const waitMs = Number(evaluate(state.Seconds, scope)) * 1_000;
        kernel.after(waitMs, key, () => enter(run, state.Next));
        return;
      }
      case 'Task':
        attempt(run, stateName, state, { count: 0, byRetrier: new Map() });
    }
  };

  const attempt = (
    run: Run,
    stateName: string,
    state: TaskState,
    tried: { readonly count: number; readonly byRetrier: ReadonlyMap<Retrier, number> },
  ): void => {
    if (run.isOver()) {
      return;
    }
    const { execution, machine, input } = run;
    const round = input.asked === undefined ? '' : ` #${String(input.asked)}`;
    const called = `${stateName} of ${run.name}${round} ~${tried.count}`;
    const loss = lossAt(machine, called);
    if (loss?.when === 'before') {
      lose(run, called, loss);
      return;
    }
    const scope: Scope = {
      input,
      executionId: execution.id,
      retryCount: tried.count,
      redriveCount: 0,
    };
    let isAnswered = false;
    const answered = (answer: Answer) => {
      if (isAnswered || run.isOver()) {
        return;
      }
      isAnswered = true;
      if (answer.kind === 'answered') {
        const output = evaluate(state.Output, scope) as Run['input'];
        kernel.after(1, `after ${called}`, () =>
          state.Next === undefined
            ? end(run, 'succeeded')
            : enter({ ...run, input: output }, state.Next),
        );
      } else {
        failed(run, stateName, state, tried, answer.error, scope);
      }
    };
    kernel.after(state.TimeoutSeconds * 1_000, `States.Timeout of ${called}`, () => {
      if (isAnswered || run.isOver()) {
        return false;
      }
      timeline.say(run.name, `${stateName} has timed out`);
      answered({ kind: 'failed', error: 'States.Timeout', message: '' });
      return true;
    });
    functions.invoke(
      {
        function: machine.functionOf(state.Arguments.FunctionName),
        name: called,
        event: evaluate(state.Arguments.Payload, scope),
      },
      answered,
    );
    if (loss?.when === 'after') {
      lose(run, called, loss);
    }
  };

  const failed = (
    run: Run,
    stateName: string,
    state: TaskState,
    tried: { readonly count: number; readonly byRetrier: ReadonlyMap<Retrier, number> },
    error: string,
    scope: Scope,
  ): void => {
    const retrier = state.Retry.find(({ ErrorEquals }) => covers(ErrorEquals, error));
    const before = retrier ? (tried.byRetrier.get(retrier) ?? 0) : 0;
    if (retrier && before < retrier.MaxAttempts) {
      const key = `${stateName} of ${run.name} after try ${tried.count}`;
      const longest = Math.min(
        retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY,
        (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** before,
      );
      const jitter = retrier.JitterStrategy === 'FULL' ? dice.unit(key) : 1;
      kernel.after(longest * 1_000 * jitter, key, () =>
        attempt(run, stateName, state, {
          count: tried.count + 1,
          byRetrier: new Map(tried.byRetrier).set(retrier, before + 1),
        }),
      );
      return;
    }
    const catcher = state.Catch.find(({ ErrorEquals }) => covers(ErrorEquals, error));
    if (!catcher) {
      end(run, 'failed');
      return;
    }
    const output = evaluate(catcher.Output, { ...scope, error }) as Run['input'];
    kernel.after(1, `${stateName} of ${run.name} caught`, () =>
      enter({ ...run, input: output }, catcher.Next),
    );
  };

  const lossAt = ({ name, type }: Machine, called: string): Loss | null => {
    const kind = faults.strike(
      { key: `life of ${called}`, effect: `machine.${name}` },
      type === 'EXPRESS' ? ['execution_lost', 'execution_again'] : ['execution_aborted'],
    );
    return kind === null
      ? null
      : { kind, when: dice.pick(`end of ${called}`, ['before', 'after']) };
  };

  /** An execution ends in the middle: STANDARD says so, EXPRESS just is gone, and may begin anew. */
  const lose = ({ execution, machine, name }: Run, called: string, { kind }: Loss): void => {
    end({ execution, name }, kind === 'execution_aborted' ? 'aborted' : 'lost');
    if (kind === 'execution_again') {
      kernel.after(dice.int(`anew ${called}`, 100, 30_000), `anew ${called}`, () =>
        begin(machine, execution),
      );
    }
  };

  const create = (machine: Machine, name: string, input: Execution['input']) => {
    const count = (names.get(`${machine.name}:${name}`) ?? 0) + 1;
    names.set(`${machine.name}:${name}`, count);
    const arn = `arn:aws:states:us-east-1:000000000000:${machine.type === 'EXPRESS' ? 'express' : 'execution'}`;
    const execution: Execution = {
      id: `${arn}:${machine.name}:${name}${machine.type === 'EXPRESS' ? `:${count}` : ''}`,
      machine: machine.name,
      name,
      input,
      status: 'running',
      state: machine.definition.StartAt,
      begun: 0,
    };
    executions.push(execution);
    const key = `start of ${execution.id}`;
    kernel.after(dice.int(key, 1, 40), key, () => begin(machine, execution));
  };

  return {
    executions,
    start: (machineName, name, input) => {
      const machine = known.get(machineName);
      if (!machine) {
        throw new Error(`no machine ${machineName}`);
      }
      const isKnown = names.has(`${machineName}:${name}`);
      if (machine.type === 'STANDARD' && isKnown) {
        return 'exists';
      }
      create(machine, name, input);
      const again = {
        key: `second execution of ${machineName} ${name} ${names.get(`${machineName}:${name}`)}`,
      };
      if (machine.type === 'EXPRESS' && faults.strike(again, ['execution_twice'])) {
        create(machine, name, input);
      }
      return 'started';
    },
  };
}

function covers(errors: readonly string[], error: string): boolean {
  return errors.includes(error) || errors.includes('States.ALL');
}
