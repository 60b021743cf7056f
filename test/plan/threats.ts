import type { Accused, Circumstances } from '../../shared/account/accused.ts';
import type { Finding, Threat } from '../../shared/finding/finding.ts';
import type { EcsTaskResource } from '../../shared/finding/resource.ts';
import { finding, image } from './fakes.ts';

const account = '123456789012';
const region = 'us-east-1';

export const task: EcsTaskResource = {
  kind: 'ecs-task',
  id: 'prod/0f1e2d3c',
  arn: `arn:aws:ecs:${region}:${account}:task/prod/0f1e2d3c`,
  cluster: 'prod',
  service: 'checkout',
  group: 'service:checkout',
  taskDefinition: `arn:aws:ecs:${region}:${account}:task-definition/checkout:87`,
  launchType: 'FARGATE',
  containers: [{ name: 'app', image: `${account}.dkr.ecr.${region}.amazonaws.com/payments/checkout-api:1.42.0` }],
};

export const threat = (fields: Partial<Threat> = {}): Threat => ({
  firstSeenAt: '2026-11-20T09:30:00.000Z',
  count: 1,
  role: 'target',
  process: { name: 'xmrig', path: '/usr/bin/xmrig', sha256: null },
  files: [],
  names: [],
  remote: null,
  from: null,
  signals: [],
  ...fields,
});

export const miner = 'Impact:Runtime/CryptoMinerExecuted';
export const shell = 'Execution:Runtime/ReverseShell';
export const malware = 'Execution:ECS/MaliciousFile';

/** A finding of GuardDuty about a task of a service. */
export function threatFinding(type: string, fields: Partial<Threat> = {}, other: Partial<Finding> = {}): Finding {
  const { counts: _, ...base } = finding();
  return {
    ...base,
    id: `guardduty ${type}`,
    source: 'guardduty',
    type,
    severity: 8,
    label: 'high',
    title: `${type} was seen`,
    account,
    region,
    resource: task,
    threat: threat(fields),
    ...other,
  };
}

/** The image was deployed at 09:00, half an hour before the threat was first seen, after another one. */
export const circumstances: Circumstances = {
  firstDeployedAt: '2026-11-20T09:00:00.000Z',
  hadEarlier: true,
  readOnlyRoot: false,
};

export const accused = (fields: Partial<Accused> = {}): Accused => ({
  targets: [
    { ...task, account, region },
    {
      kind: 'ecs-service',
      id: 'prod/checkout',
      arn: `arn:aws:ecs:${region}:${account}:service/prod/checkout`,
      cluster: 'prod',
      service: 'checkout',
      account,
      region,
    },
    { ...image, account, region },
  ],
  tasks: [task.arn],
  digests: [image.digest ?? ''],
  roles: [`arn:aws:iam::${account}:role/checkout`],
  pulledUntil: '2026-11-20T09:01:00.000Z',
  circumstances,
  images: [],
  owner: null,
  ran: [],
  ...fields,
});
