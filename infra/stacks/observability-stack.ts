import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import type { Construct } from 'constructs';
import { raiseOnBurn } from '../constructs/alarms/burn-alarms.ts';
import { raiseOnLimits } from '../constructs/alarms/limit-alarms.ts';
import { OperatorDashboard } from '../constructs/dashboard/operator-dashboard.ts';
import { LogQueries } from '../constructs/log-queries/log-queries.ts';
import type { DataStack } from './data-stack.ts';
import { HouseStack, type HouseStackProps } from './house-stack.ts';

export interface ObservabilityStackProps extends HouseStackProps {
  readonly data: DataStack;
}

/**
 * What an operator looks at: the dashboard, saved log queries, and alarms on what no one construct
 * has. It names what it watches, so that no other stack exports anything for it: a function can go
 * without this stack going first. The tables alone, which stay, are imported.
 */
export class ObservabilityStack extends HouseStack {
  constructor(scope: Construct, props: ObservabilityStackProps) {
    super(scope, 'observability', 'dashboard, log queries and alarms', props);
    const { stage, data } = props;
    raiseOnBurn(this, data.alarms, stage);
    raiseOnLimits(this, data.alarms, data.tables);
    new LogQueries(this, 'Queries', stage);
    this.#sampling();
    // After all alarms, in whichever stack: it shows them.
    new OperatorDashboard(this, 'Dashboard', { stage, alarms: data.alarms });
  }

  /**
   * For how many requests of the API are traced, with all that they call at once; X-Ray's own rule
   * would trace a twentieth. Lambda asks no rule where it begins a trace itself, for a batch of a
   * stream or a queue: the first of a second and a twentieth of those stay.
   */
  #sampling(): void {
    const name = `paysaga-${this.stage.name}`;
    new CfnSamplingRule(this, 'Sampling', {
      samplingRule: {
        ruleName: name,
        priority: 1_000,
        version: 1,
        fixedRate: 1 / this.stage.tracedOneIn,
        reservoirSize: 1,
        // The API has its name and its stage's here.
        serviceName: `${name}*`,
        serviceType: '*',
        host: '*',
        httpMethod: '*',
        urlPath: '*',
        resourceArn: '*',
      },
    });
  }
}
