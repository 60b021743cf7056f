import { expectThat } from '../../../../cli/demo/scenario.ts';
import { faults } from '../../../../sandbox/faults/faults.ts';
import { ail } from '../../../../sandbox/services/outside/state.ts';
import { alertsOf, pagesOf } from '../../channels/alerts.ts';
import {
  arrived,
  channelsStatus,
  chat,
  editChannels,
  hook,
  pager,
  removeChannels,
  soc,
  withChannels,
} from '../../channels/stage.ts';
import { enforcing, manyTags, running, unused } from '../../scan.ts';
import { openStage } from '../../stage.ts';
import { expectAlarm, type Proof } from '../proof.ts';

/** Of one repository a containment pages. */
const loud = enforcing
  .replace('name: enforcing', 'name: loud\norder: 1')
  .replace('when:', 'when:\n  resource: { repository: [payments/many-tags] }')
  .replace('held: notice', 'contained: page');

export const everyChannel: Proof = {
  name: 'a page, a notice and a digest reach each channel, and one that ails for a moment as soon as it is well',
  near: /^(Channel(Queue|Mapping|Role: (Queue|Orders|ReadChannels|Chat)|LambdaFunction)|(Page|Notice|Digest)Channels)/,
  happen: async (template) => {
    await using stage = await openStage({ template, rules: { enforcing, loud } });
    await withChannels(stage, soc, pager, chat);
    ail(stage.account, { host: hook, status: 500, seconds: 60 });
    for (const image of [unused, running, manyTags]) stage.scan(image);
    await stage.pass(150);
    const tiers = arrived(stage, hook).map(({ tier }) => tier);
    expectThat(tiers.toSorted().join() === 'digest,notice,page', `the webhook heard of ${tiers.join() || 'nothing'}`);
    const chats = stage.told().filter(({ tier }) => tier === 'chat');
    expectThat(chats.length === 3, `chat heard of ${chats.length}`);
    expectThat(alertsOf(stage).length === 1, `PagerDuty has ${alertsOf(stage).length} alerts`);
    expectThat(pagesOf(stage).length === 1, 'a channel is said to be dead');
  },
};

export const deadChannels: Proof = {
  name: 'what a dead channel does not take is told: of a page as a page, of anything else as a notice',
  near: /^ChannelRole: SendMessages/,
  happen: async (template) => {
    await using stage = await openStage({ template, rules: { enforcing, loud } });
    await withChannels(stage, soc);
    ail(stage.account, { host: hook, status: 410, seconds: 3_600 });
    for (const image of [unused, manyTags]) stage.scan(image);
    await stage.pass(300);
    const tiers = stage.told().flatMap(({ tier, subject }) => (subject.includes('channel soc is dead') ? [tier] : []));
    expectThat(tiers.toSorted().join() === 'notice,page', `told of it: ${tiers.join() || 'nobody'}`);
  },
};

export const channelEdits: Proof = {
  name: 'an edit of the channels is looked at when it is made: in the status, and where it cannot be used, in a notice',
  near: /^Channel(EditRule|QueuePolicy: ChannelEditRule|Role: (WriteStatus|ReadChannels))/,
  happen: async (template) => {
    await using stage = await openStage({ template });
    const expectStatus = (begins: string): void => {
      const said = channelsStatus(stage);
      expectThat(said.startsWith(begins), `the status says ${said || 'nothing'}, not ${begins}`);
    };
    await withChannels(stage, soc);
    expectStatus('In use is version 1:\nsoc');
    editChannels(stage.account, 'channels: [{}]');
    await stage.pass(30);
    expectStatus('Version 2 of the channels cannot be used.');
    removeChannels(stage);
    await stage.pass(30);
    expectStatus('No channel is in use');
    const subjects = stage.told().map(({ tier, subject }) => `${tier} ${subject}`);
    expectThat(
      subjects.join() === 'notice NO ACTION: channels cannot be used, Firebreak dev',
      `told: ${subjects.join() || 'nobody'}`,
    );
  },
};

export const deadLettersOfChannels: Proof = {
  name: 'a message that the function of the channels never ends with is kept, and pages',
  near: /^Channel(DeadLetterAlarm|Queue: RedrivePolicy)/,
  happen: async (template) => {
    await using stage = await openStage({ template });
    faults(stage.account).push(({ functionName }) =>
      functionName === 'firebreak-dev-channel' ? 'crash-before' : undefined,
    );
    await withChannels(stage, soc);
    stage.scan(unused);
    await stage.pass(3_600);
    expectAlarm(stage, 'channel-dead-letters', 'page');
  },
};
