import type { Construct } from 'constructs';
import { functionSpecs } from '../../functions/index.ts';
import type { Bundles } from '../bundle.ts';
import { ScheduledFunction } from '../constructs/edges/scheduled-function.ts';
import { constructId } from '../constructs/house-function.ts';
import type { Surroundings } from '../constructs/surroundings.ts';
import { specsOf } from '../specs.ts';
import type { DataStack } from './data-stack.ts';
import { HouseStack, type HouseStackProps } from './house-stack.ts';

export interface ClockStackProps extends HouseStackProps {
  readonly bundles: Bundles;
  readonly data: DataStack;
  readonly bus: NonNullable<Surroundings['bus']>;
}

/** What runs by the clock. A stack of its own, as CloudFormation takes 500 resources in one. */
export class ClockStack extends HouseStack {
  constructor(scope: Construct, props: ClockStackProps) {
    super(scope, 'clock', 'what runs by the clock', props);
    const { stage, bundles, data, bus } = props;
    const surroundings = {
      stage,
      bundles,
      tables: data.tables,
      buckets: data.buckets,
      queues: data.queueRefs,
      bus,
    };
    for (const spec of specsOf(functionSpecs, 'schedule')) {
      const { deadLetters } = new ScheduledFunction(this, constructId(spec.name), {
        spec,
        trigger: spec.trigger,
        surroundings,
        alarms: data.alarms,
      });
      this.outputQueue(spec.name, 'DeadLetters', deadLetters);
    }
  }
}
