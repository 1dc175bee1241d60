import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { functionSpecs } from '../../functions/index.ts';
import type { Bundles } from '../bundle.ts';
import { EventConsumer } from '../constructs/edges/event-consumer.ts';
import { constructId } from '../constructs/house-function.ts';
import { specsOf } from '../specs.ts';
import type { DataStack } from './data-stack.ts';
import { HouseStack, type HouseStackProps } from './house-stack.ts';

export interface ReadersStackProps extends HouseStackProps {
  readonly bundles: Bundles;
  readonly data: DataStack;
  readonly bus: EventBus;
}

/** What follows the bus. A stack of its own, as CloudFormation takes 500 resources in one. */
export class ReadersStack extends HouseStack {
  constructor(scope: Construct, props: ReadersStackProps) {
    super(scope, 'readers', 'what follows the bus', props);
    const { stage, bundles, data, bus } = props;
    const surroundings = {
      stage,
      bundles,
      tables: data.tables,
      queues: data.queueRefs,
      bus,
    };
    for (const spec of specsOf(functionSpecs, 'consumer')) {
      const { deadLetters, undelivered } = new EventConsumer(this, constructId(spec.name), {
        spec,
        trigger: spec.trigger,
        surroundings,
        bus,
        alarms: data.alarms,
      });
      this.outputQueue(spec.name, 'DeadLetters', deadLetters);
      this.outputQueue(spec.name, 'Undelivered', undelivered);
    }
  }
}
