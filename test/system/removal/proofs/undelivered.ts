import { expectThat } from '../../../../cli/demo/scenario.ts';
import { eventsState } from '../../../../sandbox/services/eventbridge/state.ts';
import { queueByArn } from '../../../../sandbox/services/sqs/state.ts';
import type { Template } from '../../../../sandbox/template/deploy.ts';
import { editChannels } from '../../channels/stage.ts';
import { commandEnded, hostDrains } from '../../hosts/wakes.ts';
import { sources } from '../../sources.ts';
import { openStage } from '../../stage.ts';
import { expectAlarm, type Proof, tellEnd } from '../proof.ts';

/** Somebody has taken from every target of our rules what lets EventBridge in. */
function closed(template: Template): Template {
  const kept = Object.entries(template.Resources).filter(
    ([id, { Type }]) =>
      Type !== 'AWS::Lambda::Permission' && (Type !== 'AWS::SQS::QueuePolicy' || id === 'UndeliveredQueuePolicy'),
  );
  const copy = structuredClone({ ...template, Resources: Object.fromEntries(kept) });
  const policy = copy.Resources['PageTopicPolicy']?.Properties?.['PolicyDocument'] as { Statement: { Sid: string }[] };
  policy.Statement = policy.Statement.filter(({ Sid }) => Sid !== 'RunsThatDiedUntold');
  return copy;
}

export const undelivered: Proof = {
  name: 'what EventBridge cannot deliver is kept, whatever the target, and pages',
  near: /dead letters of target|^Undelivered/,
  happen: async (template) => {
    await using stage = await openStage({ template: closed(template) });
    for (const { event } of sources) stage.deliver(event(stage));
    stage.deliver(commandEnded(stage, 'nobody-knows-it'));
    stage.deliver(hostDrains(stage, 'nobody-knows-it'));
    editChannels(stage.account, 'channels: []');
    tellEnd(stage, { status: 'FAILED', name: 'one', input: '{}' });
    // The inventory comes once an hour, at a minute of its own.
    await stage.pass(20 * 60);
    const queue = stage.sandbox.stack.resources.get('UndeliveredQueue')?.attributes['Arn'] ?? '';
    const letters = [...queueByArn(stage.account, queue).messages.values()];
    const from = new Set(
      letters.map(
        ({ messageAttributes: { RULE_ARN, TARGET_ARN } }) => `${RULE_ARN?.StringValue} ${TARGET_ARN?.StringValue}`,
      ),
    );
    const lost = [...eventsState(stage.account).rules.values()].flatMap(({ arn, name, targets }) =>
      targets.filter((target) => !from.has(`${arn} ${target.arn}`)).map(({ id }) => `${name} for ${id}`),
    );
    expectThat(lost.length === 0, `lost without a trace: events of ${lost.join(', ')}`);
    expectAlarm(stage, 'undelivered', 'page');
  },
};
