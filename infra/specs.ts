import type { FunctionSpec, Trigger } from '../shared/runtime/function-spec.ts';

/** A spec whose trigger is of this kind. */
export type SpecOf<K extends Trigger['kind']> = FunctionSpec & {
  readonly trigger: Extract<Trigger, { kind: K }>;
};

export function specsOf<K extends Trigger['kind']>(
  specs: readonly FunctionSpec[],
  kind: K,
): SpecOf<K>[] {
  return specs.filter((spec): spec is SpecOf<K> => spec.trigger.kind === kind);
}
