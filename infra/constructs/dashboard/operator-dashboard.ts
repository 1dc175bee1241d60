import { Duration } from 'aws-cdk-lib';
import { Alarm, AlarmStatusWidget, Dashboard, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Stage } from '../../stages.ts';
import type { AlarmTopic } from '../alarms/alarm-topic.ts';
import { alarmArn } from '../alarms/metrics.ts';
import { rowsOf } from './rows.ts';
import { columns, graphs } from './widgets.ts';

/** As many as one widget shows. Source: CloudWatch, dashboard body structure, alarm widgets. */
const mostAlarms = 100;

/** The one page of a stage: read from top to bottom, each row with the state of its alarms. */
export class OperatorDashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { stage, alarms }: { readonly stage: Stage; readonly alarms: AlarmTopic },
  ) {
    super(scope, id);
    const dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: `paysaga-${stage.name}`,
      defaultInterval: Duration.hours(3),
    });
    for (const { title, says, runbook, graphs: lines } of rowsOf(stage)) {
      dashboard.addWidgets(
        new TextWidget({ markdown: `## ${title}\n${says}`, width: columns, height: 2 }),
      );
      const own = alarms.raised.filter((alarm) => runbook.includes(alarm.runbook));
      for (let from = 0; from < own.length; from += mostAlarms) {
        dashboard.addWidgets(
          new AlarmStatusWidget({
            title: 'Alarms',
            width: columns,
            height: Math.min(8, 2 + Math.ceil(own.length / 8)),
            alarms: own
              .slice(from, from + mostAlarms)
              .map(({ name }) => Alarm.fromAlarmArn(this, name, alarmArn(this, name))),
          }),
        );
      }
      for (const line of lines) {
        dashboard.addWidgets(...graphs(line));
      }
    }
  }
}
