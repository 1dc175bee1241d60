import { functionSpecs } from '../../../functions/index.ts';
import { machineTimeoutSeconds } from '../../../infra/constructs/saga/budget.ts';
import { stateMachineDefinition } from '../../../infra/constructs/saga/definition.ts';
import { inquiryDefinition } from '../../../infra/constructs/saga/inquiry-definition.ts';
import { inquiries, inquiryNames } from '../../../shared/domain/saga/inquiry.ts';
import { sagaNames, sagas } from '../../../shared/domain/saga/sagas.ts';
import type { FunctionSpec, Trigger } from '../../../shared/runtime/function-spec.ts';
import type { Machine } from '../aws/machines/machine.ts';
import { wiring } from '../wiring/wiring.ts';
import type { SimulatedStage } from './parts.ts';

/** The functions that there are here, as they are deployed. */
export function specs<K extends Trigger['kind']>(kind: K) {
  return functionSpecs.filter(
    (spec): spec is FunctionSpec & { readonly trigger: Extract<Trigger, { kind: K }> } =>
      spec.trigger.kind === kind && spec.name in wiring,
  );
}

/** The state machines as the stacks deploy them; a task's function goes by its spec's name. */
export function machinesOf(stage: SimulatedStage): ReadonlyMap<string, Machine> {
  const functionOf = new Map<string, string>(
    [...specs('saga-task'), ...specs('inquiry-task')].map(({ name, trigger }) => [
      trigger.task,
      name,
    ]),
  );
  const arnOf = (task: string) => functionOf.get(task) ?? `not here: ${task}`;
  const common = { functionOf: (arn: string) => arn };
  return new Map<string, Machine>([
    ...sagaNames.map((name): [string, Machine] => [
      name,
      {
        ...common,
        name,
        type: stage.sagaType,
        definition: stateMachineDefinition(
          sagas[name],
          arnOf,
          machineTimeoutSeconds(sagas[name], stage.sagaType),
        ),
      },
    ]),
    ...inquiryNames.map((name): [string, Machine] => [
      name,
      {
        ...common,
        name,
        type: 'STANDARD',
        definition: inquiryDefinition(
          inquiries[name],
          stage.inquiry,
          arnOf(inquiries[name].task.name),
        ),
      },
    ]),
  ]);
}
