import { clientConfig } from '../../../shared/platform/sdk/config.ts';
import { plain } from '../../../shared/report/text.ts';
import { asked } from '../asked.ts';
import { broken, type Check, ok } from '../check.ts';
import { allPages } from '../pages.ts';
import { bringBack, ofType } from '../stack.ts';
import { awaitedAlarm } from './canary.ts';

/** DescribeAlarms takes so many names (CloudWatch API). */
const mostNames = 100;

/** The stage's alarms: what they say, and whether they still can. */
export const alarms: Check = {
  name: 'alarms',
  look: async ({ stage, stack }) => {
    const made = await stack();
    const names = ofType(made, 'AWS::CloudWatch::Alarm').map(({ id }) => id);
    const awaited = awaitedAlarm(made, stage.effects.clock.now())?.id;
    const { CloudWatchClient, DescribeAlarmsCommand } = await import('@aws-sdk/client-cloudwatch');
    const client = new CloudWatchClient(clientConfig(stage.config));
    const found = await asked('cloudwatch:DescribeAlarms', () =>
      allPages(async (NextToken) => {
        const AlarmNames = names.slice(0, mostNames);
        const page = await client.send(new DescribeAlarmsCommand({ AlarmNames, NextToken, MaxRecords: mostNames }));
        return { items: page.MetricAlarms, next: page.NextToken };
      }),
    );
    const missing = names.filter((name) => found.every(({ AlarmName }) => AlarmName !== name));
    const raised = found.filter(({ StateValue, AlarmName }) => StateValue === 'ALARM' && AlarmName !== awaited);
    const silenced = found
      .filter(({ ActionsEnabled }) => ActionsEnabled === false)
      .map(({ AlarmName = '' }) => AlarmName);
    if (raised.length > 0) {
      const lines = raised.map(({ AlarmName = '', StateReason = '' }) => `${AlarmName} (${plain(StateReason, 200)})`);
      return broken(
        `In alarm: ${lines.join('; ')}.`,
        'docs/operations.md, "What alarms mean", says of each what to do.',
      );
    }
    if (missing.length > 0) return broken(`Gone: ${missing.join(', ')}.`, bringBack(stage));
    if (silenced.length > 0)
      return broken(
        `Told to nobody, because their actions are disabled: ${silenced.join(', ')}.`,
        `Enable them: aws cloudwatch enable-alarm-actions --alarm-names ${silenced.join(' ')} --region ${stage.region}.`,
      );
    return ok(`${found.length} alarms, none raised.`);
  },
};
