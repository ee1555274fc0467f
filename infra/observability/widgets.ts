import {
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryWidget,
  LogQueryVisualizationType,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';

const HEIGHT = 6;
const COLUMNS = 24;

/** Fills a row, each as wide as the others. */
export type Widget = (width: number) => IWidget;

export const sideBySide = (widgets: readonly Widget[]): readonly IWidget[] =>
  widgets.map((widget) => widget(Math.floor(COLUMNS / widgets.length)));

export const graph =
  (title: string, metrics: readonly IMetric[]): Widget =>
  (width) =>
    new GraphWidget({
      title,
      left: [...metrics],
      leftYAxis: { min: 0, showUnits: false },
      width,
      height: HEIGHT,
    });

/** Each as one number over the last day. */
export const numbers =
  (title: string, metrics: readonly IMetric[]): Widget =>
  (width) =>
    new SingleValueWidget({ title, metrics: [...metrics], width, height: HEIGHT / 2 });

interface Query {
  readonly title: string;
  readonly logGroup: string;
  /** A condition of Logs Insights. */
  readonly filter: string;
  /** What is counted apart. */
  readonly by: string;
}

/** How often something stands in a log, each kind apart. */
export const counted =
  ({ title, logGroup, filter, by }: Query): Widget =>
  (width) =>
    new LogQueryWidget({
      title,
      logGroupNames: [logGroup],
      queryLines: [`filter ${filter}`, `stats count(*) as times by ${by}`, 'sort times desc'],
      view: LogQueryVisualizationType.TABLE,
      width,
      height: HEIGHT,
    });
