import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepts findings of cdk-nag's AwsSolutions rules on a construct: rule to the reason. */
export function acknowledge(construct: IConstruct, rules: Readonly<Record<string, string>>): void {
  for (const [rule, reason] of Object.entries(rules)) {
    Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
  }
}
