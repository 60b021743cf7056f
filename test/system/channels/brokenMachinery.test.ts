import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../sandbox/account.ts';
import { faults } from '../../../sandbox/faults/faults.ts';
import { abortExecution } from '../../../sandbox/services/states/engine/execution.ts';
import { incidentHash } from '../../../shared/incident/keys.ts';
import { missing, withEnvironment } from '../environment.ts';
import { incidentOf, running, unused } from '../scan.ts';
import { openStage, type Stage } from '../stage.ts';
import { alertsOf, pagesOf } from './alerts.ts';
import { pager, withChannels } from './stage.ts';

const brokenStage = (name: string): Promise<Stage> =>
  openStage({ template: withEnvironment(missing, (one) => one === `firebreak-dev-${name}`) });

/** Every call of the table fails, whoever makes it. */
async function withoutTable(): Promise<Stage> {
  const stage = await openStage();
  faults(stage.account).push(({ service }) =>
    service === 'dynamodb' ? new AwsError('InternalServerError', 'The table is down.', 500) : undefined,
  );
  return stage;
}

const ofIncident = `firebreak/dev/${incidentHash(incidentOf(unused))}`;

describe('the page opens an alert at PagerDuty, one, although what is broken is', () => {
  it.each([
    ['Decide', () => brokenStage('decide'), 'GET UP: Firebreak could not finish.', ofIncident],
    ['Act', () => brokenStage('act'), 'GET UP: payments/checkout-api NOT contained.', ofIncident],
    ['Verify', () => brokenStage('verify'), 'GET UP: payments/checkout-api NOT contained.', ofIncident],
    ['Report', () => brokenStage('report'), 'GET UP: Firebreak could not finish.', ofIncident],
    ['the rules', () => openStage({ rules: { broken: 'name: [' } }), 'GET UP: payments/checkout-api held', ofIncident],
    [
      'the table',
      withoutTable,
      'GET UP: ALARM: "firebreak-dev-image-scan-dead-letters"',
      'firebreak/dev/alarm/firebreak-dev-image-scan-dead-letters',
    ],
  ])('%s', async (_what, open, begins, key) => {
    await using stage = await open();
    await withChannels(stage, pager);
    stage.scan(unused);
    await stage.pass(3600);
    const alerts = alertsOf(stage);
    // With the table down the sweep pages, too.
    expect(alerts).toHaveLength(pagesOf(stage).length);
    const alert = alerts.find((one) => one.key === key);
    expect(alert).toMatchObject({ status: 'triggered', events: ['trigger'] });
    expect(alert?.summary.slice(0, begins.length)).toBe(begins);
  });

  it('the execution itself, of which EventBridge tells without a function', async () => {
    await using stage = await openStage();
    await withChannels(stage, pager);
    stage.scan(running);
    for (let step = 0; step < 100 && stage.executions().length === 0; step += 1) await stage.pass(0.02);
    const [execution] = stage.executions();
    if (execution === undefined) throw new Error('no run began');
    abortExecution(stage.account, execution);
    await stage.settle();
    expect(alertsOf(stage)).toMatchObject([
      { key: `firebreak/dev/${incidentHash(incidentOf(running))}`, summary: 'GET UP: Firebreak could not finish' },
    ]);
  });
});
