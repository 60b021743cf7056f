import { deleteRole, roleNamed } from '../../../sandbox/iam/roles.ts';
import { alarmsOf } from '../../../sandbox/services/cloudwatch/alarms.ts';
import { cloudwatchState } from '../../../sandbox/services/cloudwatch/state.ts';
import { eventsState } from '../../../sandbox/services/eventbridge/state.ts';
import { lambdaState } from '../../../sandbox/services/lambda/state.ts';
import { sendToQueue } from '../../../sandbox/services/sqs/queue.ts';
import { sqsState } from '../../../sandbox/services/sqs/state.ts';
import { statesOf } from '../../../sandbox/services/states/store.ts';
import { eksCluster, type Fault, mapping, physical, queueArn, rule } from './planted.ts';

/** Of what brings, handles and watches. */
export const machineryFaults: readonly Fault[] = [
  {
    name: 'a cluster that lets the responder role not in',
    plant: (at) => Object.assign(eksCluster(at), { accessEntries: [] }),
    check: 'eks-access',
    state: 'warning',
    seen: /prod-eks does not let firebreak-dev-us-east-1-responder in\.$/,
    todo: /aws eks create-access-entry.*API_AND_CONFIG_MAP.*--skip eks-access/,
  },
  {
    name: 'a cluster that lets the responder role in without its group',
    plant: (at) => Object.assign(eksCluster(at).accessEntries[0] ?? {}, { groups: ['readers'] }),
    check: 'eks-access',
    state: 'warning',
    seen: /prod-eks lets firebreak-dev-us-east-1-responder in without the group firebreak:responder\.$/,
    todo: /docs\/kubernetes\.md/,
  },
  {
    name: 'a cluster that cannot be reached',
    plant: (at) => Object.assign(eksCluster(at), { publicEndpoint: false }),
    check: 'eks-access',
    state: 'warning',
    seen: /prod-eks cannot be reached from outside of its VPC\.$/,
    todo: /docs\/kubernetes\.md/,
  },
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
    name: 'a role deleted',
    plant: (at) => deleteRole(at.stage.account, physical(at, 'ResponderRole')),
    check: 'roles',
    seen: /^Gone: ResponderRole\.$/,
    todo: /serverless remove/,
  },
  {
    name: 'a role that trusts one that is gone',
    plant: (at) => {
      const written = roleNamed(at.stage.account, physical(at, 'ResponderRole'))?.written ?? {};
      const statement = { Effect: 'Allow', Principal: { AWS: ['AROAEXAMPLEEXAMPLE123'] }, Action: 'sts:AssumeRole' };
      Object.assign(written, { trust: { Version: '2012-10-17', Statement: [statement] } });
    },
    check: 'roles',
    seen: /^Out of reach: ResponderRole trusts AROAEXAMPLEEXAMPLE123, which is gone\.$/,
    todo: /aws iam update-assume-role-policy --role-name firebreak-dev-us-east-1-responder --policy-document/,
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
