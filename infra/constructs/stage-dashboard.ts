import { Aws } from 'aws-cdk-lib';
import { AlarmStatusWidget, type Alarm, Dashboard, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { rowsOf, type Seen } from '../observability/rows.ts';
import { sideBySide } from '../observability/widgets.ts';

export interface StageDashboardProps extends Seen {
  readonly alarms: readonly Alarm[];
}

/** One page on which a stage is seen: its alarms, the way of the copies from left to right and top to bottom, what it costs. */
export class StageDashboard extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, { alarms, ...props }: StageDashboardProps) {
    super(scope, id);
    const dashboardName = `direct-transmit-${props.stage}`;
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName });
    dashboard.addWidgets(
      new AlarmStatusWidget({ title: 'Alarms', width: 24, height: 4, alarms: [...alarms] }),
    );
    for (const { title, widgets } of rowsOf(props)) {
      dashboard.addWidgets(new TextWidget({ markdown: `## ${title}`, width: 24, height: 1 }));
      dashboard.addWidgets(...sideBySide(widgets));
    }
    this.url = `https://${Aws.REGION}.console.aws.amazon.com/cloudwatch/home?region=${Aws.REGION}#dashboards:name=${dashboardName}`;
  }
}
