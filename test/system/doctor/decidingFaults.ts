import { snsState } from '../../../sandbox/services/sns/state.ts';
import { outAttribute, outValue } from '../../../shared/incident/head.ts';
import { pause } from '../../../shared/respond/pause.ts';
import { enforcing } from '../scan.ts';
import { changeCanary, changeHead, type Fault, put, rule, topic } from './planted.ts';

/** The day before. */
const long = '2026-11-19T00:00:00.000Z';

/** Of what decides and tells. */
const isMail = ({ protocol }: { readonly protocol: string }): boolean => protocol === 'email';

export const decidingFaults: readonly Fault[] = [
  {
    name: 'a rule edit that is refused',
    plant: (at) => put(at, 'rules/mine', 'name: mine\nwhn: {}\n'),
    check: 'rules',
    seen: /^The last edit is refused: .*rules\/mine:2:1 "whn" is not a key here; did you mean "when"\?.* Rule set 1 decides/,
    todo: /firebreak rules rollback 1 --stage dev/,
  },
  {
    name: 'an edit that waits for a person',
    plant: async (at) => {
      put(at, 'rules/enforcing', enforcing.replace(/ {2}counts:.*\n/, ''));
      await at.stage.pass(61);
    },
    check: 'rules',
    state: 'warning',
    seen: /^Rule set 1 decides.*An edit that may do harm has waited since/,
    todo: /firebreak rules approve [0-9a-f]{12} --stage dev/,
  },
  {
    name: 'an edit that the guard does not publish',
    plant: async (at) => {
      for (const id of ['GuardSchedule', 'RuleEditRule']) rule(at, id).enabled = false;
      // What was queued before has been looked at.
      await at.stage.pass(61);
      put(at, 'rules/enforcing', enforcing.replace('mode: enforce', 'mode: observe'));
      await at.stage.pass(4 * 60);
    },
    check: 'rules',
    seen: /is not published although it compiles/,
    todo: /The guard does not run/,
    also: ['event-rules', 'schedules'],
  },
  {
    name: 'everything paused',
    plant: ({ connection: { effects } }) =>
      pause(effects, { target: null, by: 'ann', reason: 'a move', forMs: 3_600_000 }),
    check: 'pause',
    state: 'warning',
    seen: /^Every change is paused until .* by ann \(a move\)\.$/,
    todo: /firebreak resume --stage dev/,
  },
  {
    name: 'a canary that is not taken in',
    plant: (at) => changeCanary(at, { lastFindingAt: long }),
    check: 'canary',
    seen: /^No canary has been taken in since 2026-11-19T00:00:00\.000Z\.$/,
    todo: /see event-rules, waiting-messages, consumers/,
  },
  {
    name: 'a canary whose run died',
    plant: (at) => changeCanary(at, { outcome: 'held' }),
    check: 'canary',
    seen: /^The canary was taken in at .*, and its run died at /,
    todo: /aws stepfunctions list-executions --state-machine-arn \S+ --region us-east-1/,
  },
  {
    name: 'a canary that does not come to an end',
    plant: (at) => changeCanary(at, { state: 'running', gsi: 'running', runAt: long }),
    check: 'canary',
    seen: /has been under way since 2026-11-19T00:00:00\.000Z\.$/,
    todo: /see rules, state-machine, functions and roles here/,
  },
  {
    name: 'an incident whose run is over',
    plant: (at) => changeHead(at, { state: 'running', gsi: 'running', runAt: long }),
    check: 'runs',
    seen: /without a run that lives: .*checkout-api.*, since 2026-11-19T00:00:00\.000Z/,
    todo: /firebreak incidents show <incident> --stage dev/,
  },
  {
    name: 'a message that does not get out',
    plant: (at) => {
      const message = { id: 'm', tier: 'page', subject: 's', body: 'b', sent: false, at: long } as const;
      return changeHead(at, { [outAttribute(message.id)]: outValue(message) });
    },
    check: 'messages',
    seen: /^Written and not sent: page of .*checkout-api.*, due 2026-11-19/,
    todo: /firebreak incidents show/,
  },
  {
    name: 'a subscription that nobody confirmed',
    plant: (at) => Object.assign(topic(at, 'page').subscriptions.find(isMail) ?? {}, { confirmed: false }),
    check: 'subscriptions-page',
    seen: /^Not confirmed: on-call@example\.com\. Nobody hears/,
    todo: /Follow the link in the mail/,
  },
  {
    name: 'a subscription removed',
    plant: (at) => {
      const { subscriptions } = topic(at, 'digest');
      subscriptions.splice(subscriptions.findIndex(isMail), 1);
    },
    check: 'subscriptions-digest',
    seen: /^Nobody is subscribed to arn:aws:sns:us-east-1:\d+:firebreak-dev-digest/,
    todo: /aws sns subscribe --topic-arn arn:aws:sns:us-east-1:\d+:firebreak-dev-digest --protocol email/,
  },
  {
    name: 'one subscription of two not confirmed',
    plant: (at) => {
      const { subscriptions, arn } = topic(at, 'notice');
      subscriptions.push({
        arn: `${arn}:x`,
        topicArn: arn,
        protocol: 'email',
        endpoint: 'b@example.com',
        confirmed: false,
      });
    },
    check: 'subscriptions-notice',
    state: 'warning',
    seen: /^1 confirmed; not confirmed: b@example\.com\.$/,
    todo: /Follow the link/,
  },
  {
    name: 'a topic deleted',
    plant: (at) => snsState(at.stage.account).topics.delete(at.connection.topics.notice),
    check: 'subscriptions-notice',
    seen: /firebreak-dev-notice is gone\.$/,
    todo: /serverless remove/,
  },
];
