import type { StageConnection } from '../../../cli/stage.ts';
import { alarmsOf } from '../../../sandbox/services/cloudwatch/alarms.ts';
import { cloudwatchState } from '../../../sandbox/services/cloudwatch/state.ts';
import { configRecorder } from '../../../sandbox/services/config/recorder.ts';
import { registryScanning } from '../../../sandbox/services/ecr/registryScanning.ts';
import { repositories } from '../../../sandbox/services/ecr/state.ts';
import { eventsState } from '../../../sandbox/services/eventbridge/state.ts';
import { type Detector, guardDuty } from '../../../sandbox/services/guardduty/detector.ts';
import { inspector } from '../../../sandbox/services/inspector2/state.ts';
import { eventSourceMappings } from '../../../sandbox/services/lambda/eventSourceMapping.ts';
import { lambdaState } from '../../../sandbox/services/lambda/state.ts';
import { snsState, type Topic } from '../../../sandbox/services/sns/state.ts';
import { sendToQueue } from '../../../sandbox/services/sqs/queue.ts';
import { sqsState } from '../../../sandbox/services/sqs/state.ts';
import { putParameter } from '../../../sandbox/services/ssm/parameters.ts';
import { statesOf } from '../../../sandbox/services/states/store.ts';
import { outAttribute, outValue } from '../../../shared/incident/head.ts';
import { keys } from '../../../shared/incident/keys.ts';
import { pause } from '../../../shared/respond/pause.ts';
import { enforcing, incidentOf, unused } from '../scan.ts';
import type { Stage } from '../stage.ts';

export interface Planted {
  readonly stage: Stage;
  readonly connection: StageConnection;
}

/** Something out of order, and what the doctor says of it. */
export interface Fault {
  readonly name: string;
  readonly plant: (at: Planted) => unknown;
  readonly check: string;
  /** Broken, unless it is said. */
  readonly state?: 'warning';
  readonly seen: RegExp;
  readonly todo: RegExp;
  /** Checks that cannot be in order then either. */
  readonly also?: readonly string[];
}

const physical = ({ stage }: Planted, logicalId: string): string =>
  stage.sandbox.stack.resources.get(logicalId)?.ref ?? '';
const queueArn = ({ stage }: Planted, logicalId: string): string => stage.queue(logicalId).arn;

function detector({ stage }: Planted): Detector {
  const { detector: found } = guardDuty(stage.account);
  if (found === undefined) throw new Error('The healthy account has a detector');
  return found;
}

function topic({ stage, connection }: Planted, tier: 'page' | 'notice' | 'digest'): Topic {
  const found = snsState(stage.account).topics.get(connection.topics[tier]);
  if (found === undefined) throw new Error(`There is no topic of ${tier}`);
  return found;
}

function rule(at: Planted, logicalId: string) {
  const found = eventsState(at.stage.account).rules.get(physical(at, logicalId));
  if (found === undefined) throw new Error(`There is no rule ${logicalId}`);
  return found;
}

function mapping(at: Planted, logicalId: string) {
  const found = eventSourceMappings(at.stage.account).find(({ uuid }) => uuid === physical(at, logicalId));
  if (found === undefined) throw new Error(`There is no mapping ${logicalId}`);
  return found;
}

const put = ({ stage }: Planted, name: string, value: string) =>
  putParameter(stage.account, { name: `/firebreak/dev/${name}`, value });

/** Of an incident that was contained and rests. */
export const changeHead = async ({ connection: { effects } }: Planted, set: object) => {
  const written = await effects.table.update(
    keys.head(incidentOf(unused)),
    {},
    { set: JSON.parse(JSON.stringify(set)) },
  );
  if (written === undefined) throw new Error('The healthy stage has one incident');
};
const long = '2026-11-19T00:00:00.000Z';

const watching: readonly Fault[] = [
  {
    name: 'no detector',
    plant: ({ stage }) => Object.assign(guardDuty(stage.account), { detector: undefined }),
    check: 'guardduty',
    seen: /^GuardDuty has no detector in us-east-1\.$/,
    todo: /aws guardduty create-detector --enable --region us-east-1/,
    also: ['guardduty-runtime', 'guardduty-coverage'],
  },
  {
    name: 'a detector that is suspended',
    plant: (at) => Object.assign(detector(at), { enabled: false }),
    check: 'guardduty',
    seen: /is suspended/,
    todo: /update-detector --detector-id [0-9a-f]{32} --enable/,
    also: ['guardduty-coverage'],
  },
  {
    name: 'runtime monitoring off',
    plant: (at) => Object.assign(detector(at), { runtimeMonitoring: false }),
    check: 'guardduty-runtime',
    seen: /Runtime monitoring is off/,
    todo: /--features '\[{"Name":"RUNTIME_MONITORING","Status":"ENABLED".*ECS_FARGATE_AGENT_MANAGEMENT/,
    also: ['guardduty-coverage'],
  },
  {
    name: 'no agent on Fargate',
    plant: (at) => Object.assign(detector(at), { managed: ['EC2'] }),
    check: 'guardduty-runtime',
    state: 'warning',
    seen: /ECS_FARGATE_AGENT_MANAGEMENT is off/,
    todo: /--features/,
  },
  {
    name: 'a cluster that GuardDuty does not see',
    plant: (at) => detector(at).unhealthy.set('prod', 'Agent exited'),
    check: 'guardduty-coverage',
    state: 'warning',
    seen: /does not see 1 of what it lists: ECS prod \(Agent exited\)/,
    todo: /Runtime coverage/,
  },
  {
    name: 'Inspector off',
    plant: ({ stage }) => Object.assign(inspector(stage.account), { scans: [] }),
    check: 'inspector',
    seen: /^Inspector is DISABLED in us-east-1\.$/,
    todo: /aws inspector2 enable --resource-types EC2 ECR LAMBDA/,
  },
  {
    name: 'Inspector not looking at hosts',
    plant: ({ stage }) => Object.assign(inspector(stage.account), { scans: ['ecr'] }),
    check: 'inspector',
    state: 'warning',
    seen: /does not look at hosts: ec2 DISABLED, ecr ENABLED/,
    todo: /aws inspector2 enable/,
  },
  {
    name: 'no recorder',
    plant: ({ stage }) => Object.assign(configRecorder(stage.account), { recorder: undefined }),
    check: 'config-recorder',
    seen: /has no recorder in us-east-1/,
    todo: /1-click setup/,
  },
  {
    name: 'the recorder stopped',
    plant: ({ stage }) => Object.assign(configRecorder(stage.account).recorder ?? {}, { recording: false }),
    check: 'config-recorder',
    seen: /The recorder default of AWS Config is stopped/,
    todo: /aws configservice start-configuration-recorder --configuration-recorder-name default/,
  },
  {
    name: 'a recorder that fails',
    plant: ({ stage }) => Object.assign(configRecorder(stage.account).recorder ?? {}, { lastStatus: 'FAILURE' }),
    check: 'config-recorder',
    seen: /records, and fails/,
    todo: /delivery channel/,
  },
  {
    name: 'enhanced scanning of nothing',
    plant: ({ stage }) => Object.assign(registryScanning(stage.account), { is: { scanType: 'ENHANCED', rules: [] } }),
    check: 'ecr-scanning',
    seen: /ENHANCED scanning without a rule of the registry: no image is scanned/,
    todo: /put-registry-scanning-configuration --scan-type ENHANCED/,
  },
  {
    name: 'basic scanning, and no repository that scans on push',
    plant: ({ stage }) => Object.assign(registryScanning(stage.account), { is: { scanType: 'BASIC', rules: [] } }),
    check: 'ecr-scanning',
    seen: /no repository scans on push: no image is scanned/,
    todo: /put-registry-scanning-configuration --scan-type BASIC/,
  },
  {
    name: 'basic scanning of some repositories',
    plant: ({ stage: { account } }) => {
      Object.assign(registryScanning(account), { is: { scanType: 'BASIC', rules: [] } });
      const [one] = repositories(account).values();
      if (one !== undefined) repositories(account).set('other', { ...one, name: 'other', scanOnPush: true });
    },
    check: 'ecr-scanning',
    state: 'warning',
    seen: /not scanned on push: payments\/checkout-api \(1 of 2\)/,
    todo: /put-registry-scanning-configuration/,
  },
];

const machinery: readonly Fault[] = [
  {
    name: 'a rule of EventBridge disabled',
    plant: (at) => Object.assign(rule(at, 'ThreatFindingRule'), { enabled: false }),
    check: 'event-rules',
    seen: /^Disabled: ThreatFindingRule\./,
    todo: /aws events enable-rule --name firebreak-dev-ThreatFindingRule-\w+ --region us-east-1/,
  },
  {
    name: 'a rule of EventBridge deleted',
    plant: (at) => eventsState(at.stage.account).rules.delete(physical(at, 'ThreatFindingRule')),
    check: 'event-rules',
    seen: /^Gone: ThreatFindingRule\./,
    todo: /npx serverless remove --stage dev/,
  },
  {
    name: 'a rule of EventBridge without a target',
    plant: (at) => Object.assign(rule(at, 'ThreatFindingRule'), { targets: [] }),
    check: 'event-rules',
    seen: /^Without a target: ThreatFindingRule\./,
    todo: /serverless remove/,
  },
  {
    name: 'a queue that nobody reads, with messages',
    plant: (at) => {
      mapping(at, 'ImageScanMapping').enabled = false;
      for (const text of ['{}', '{}']) sendToQueue(at.stage.account, queueArn(at, 'ImageScanQueue'), text);
    },
    check: 'queues',
    state: 'warning',
    seen: /^Messages wait: 2 in ImageScanQueue\.$/,
    todo: /Ask again in a minute/,
    also: ['consumers'],
  },
  {
    name: 'a mapping disabled',
    plant: (at) => Object.assign(mapping(at, 'ImageScanMapping'), { enabled: false }),
    check: 'consumers',
    seen: /^Not enabled: ImageScanMapping \(Disabled\)/,
    todo: /aws lambda update-event-source-mapping --uuid [0-9a-f-]{36} --enabled/,
  },
  {
    name: 'a queue deleted',
    plant: (at) => sqsState(at.stage.account).queues.delete(queueArn(at, 'ImageScanQueue')),
    check: 'queues',
    seen: /^Gone: ImageScanQueue\./,
    todo: /serverless remove/,
  },
  {
    name: 'dead letters',
    plant: (at) => sendToQueue(at.stage.account, queueArn(at, 'ThreatFindingDeadLetters'), '{}'),
    check: 'dead-letters',
    seen: /^Not handled: 1 in ThreatFindingDeadLetters\.$/,
    todo: /aws sqs receive-message --queue-url \S+ThreatFindingDeadLetters\S+ /,
  },
  {
    name: 'an event that could not be delivered',
    plant: (at) => sendToQueue(at.stage.account, queueArn(at, 'UndeliveredQueue'), '{}'),
    check: 'dead-letters',
    seen: /^Not handled: 1 in UndeliveredQueue\.$/,
    todo: /Dead letters/,
  },
  {
    name: 'an alarm',
    plant: async (at) => {
      sendToQueue(at.stage.account, queueArn(at, 'ImageScanDeadLetters'), '{}');
      await at.stage.pass(61);
    },
    check: 'alarms',
    seen: /^In alarm: firebreak-dev-image-scan-dead-letters \(Threshold Crossed/,
    todo: /What alarms mean/,
    also: ['dead-letters'],
  },
  {
    name: 'an alarm that may tell nobody',
    plant: ({ stage: { account } }) =>
      Object.assign(alarmsOf(account).find(({ input }) => input.name === 'firebreak-dev-undelivered') ?? {}, {
        actionsEnabled: false,
      }),
    check: 'alarms',
    seen: /actions are disabled: firebreak-dev-undelivered\.$/,
    todo: /aws cloudwatch enable-alarm-actions --alarm-names firebreak-dev-undelivered/,
  },
  {
    name: 'an alarm deleted',
    plant: ({ stage }) => cloudwatchState(stage.account).alarms.delete('firebreak-dev-undelivered'),
    check: 'alarms',
    seen: /^Gone: firebreak-dev-undelivered\.$/,
    todo: /serverless remove/,
  },
  {
    name: 'a function deleted',
    plant: ({ stage }) => lambdaState(stage.account).functions.delete('firebreak-dev-verify'),
    check: 'functions',
    seen: /^Gone: firebreak-dev-verify\.$/,
    todo: /npx serverless remove --stage dev --region us-east-1/,
  },
  {
    name: 'the state machine deleted',
    plant: ({ stage, connection }) => statesOf(stage.account).machines.delete(connection.stateMachineArn),
    check: 'state-machine',
    seen: /is gone\.$/,
    todo: /serverless remove/,
  },
  {
    name: 'a sweep that does not run',
    plant: async (at) => {
      rule(at, 'SweepSchedule').enabled = false;
      await at.stage.pass(16 * 60);
    },
    check: 'schedules',
    seen: /^Not run for the last 15 minutes: firebreak-dev-sweep\.$/,
    todo: /aws logs tail \/aws\/lambda\/firebreak-dev-sweep/,
    also: ['event-rules'],
  },
];

const deciding: readonly Fault[] = [
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
    seen: /^Written and not sent: page of .*checkout-api.*, written 2026-11-19/,
    todo: /firebreak incidents show/,
  },
  {
    name: 'a subscription that nobody confirmed',
    plant: (at) => Object.assign(topic(at, 'page').subscriptions[0] ?? {}, { confirmed: false }),
    check: 'subscriptions-page',
    seen: /^Not confirmed: on-call@example\.com\. Nobody hears/,
    todo: /Follow the link in the mail/,
  },
  {
    name: 'a subscription removed',
    plant: (at) => topic(at, 'digest').subscriptions.pop(),
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

export const faults: readonly Fault[] = [...watching, ...machinery, ...deciding];
