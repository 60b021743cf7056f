import { canaryKey } from '../../../shared/finding/canary.ts';
import { readHead } from '../../../shared/incident/head.ts';
import { asked } from '../asked.ts';
import { broken, type Check, ok, warning } from '../check.ts';
import type { StackResource } from '../stack.ts';

/** It comes every five minutes: so long after the last one three are missed, and the alarm pages. */
const missedMs = 15 * 60_000;
const alarmId = 'CanaryAlarm';

/** Its alarm while the stage is new: until the first canary has come it is raised, and means nothing. */
export const awaitedAlarm = (stack: readonly StackResource[], now: Date): StackResource | undefined =>
  stack.find(({ logicalId, changedAt }) => logicalId === alarmId && now.getTime() - changedAt <= missedMs);

const accountIn = (arn: string): string => arn.split(':')[4] ?? '';

/** Whether findings come through: when the last canary was taken in, and whether it was reported. Its alarm is among `alarms`. */
export const canary: Check = {
  name: 'canary',
  look: async ({ stage: { stage, region, stateMachineArn, effects }, stack }) => {
    const now = effects.clock.now().getTime();
    const incident = canaryKey(accountIn(stateMachineArn), region);
    const head = await asked('dynamodb:GetItem on the incident table', () => readHead(effects.table, incident));
    const isOld = (at: string): boolean => now - Date.parse(at) > missedMs;
    const bringing =
      'What brings findings is out of order: see event-rules, waiting-messages, consumers, dead-letters and functions here.';
    if (head === undefined) {
      return awaitedAlarm(await stack(), effects.clock.now()) !== undefined
        ? warning('Deployed a moment ago, and no canary has come yet.', 'Ask again in a quarter of an hour.')
        : broken('No canary has ever been taken in.', bringing);
    }
    const { lastFindingAt, state, outcome, runAt, restedAt } = head;
    if (isOld(lastFindingAt)) return broken(`No canary has been taken in since ${lastFindingAt}.`, bringing);
    const deciding = `What decides and reports is out of order: see rules, state-machine, functions and roles here; each run: aws stepfunctions list-executions --state-machine-arn ${stateMachineArn} --region ${region}.`;
    if (state === 'running' && isOld(runAt))
      return broken(`The canary was taken in at ${lastFindingAt}, and has been under way since ${runAt}.`, deciding);
    if (state !== 'running' && outcome !== 'ignored')
      return broken(`The canary was taken in at ${lastFindingAt}, and its run died at ${restedAt}.`, deciding);
    return ok(`A canary came through stage ${stage} at ${restedAt ?? runAt}.`);
  },
};
