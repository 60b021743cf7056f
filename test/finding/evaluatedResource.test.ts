import { describe, expect, test } from 'vitest';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { configEvent, onResourceOf } from './configEvent.ts';
import { oneFinding } from './sampleEvent.ts';
import { threatEvent } from './threatEvent.ts';

const of = (type: string, id: string) => oneFinding(onResourceOf(type, id)).resource;
const arn = (service: string, name: string): string => `arn:aws:${service}:us-east-1:123456789012:${name}`;
const node = 'i-0ab12cd34ef567890';
const machine = 'mi-0ab12cd34ef567890';

const service = {
  kind: 'ecs-service',
  id: 'prod/checkout',
  arn: arn('ecs', 'service/prod/checkout'),
  cluster: 'prod',
  service: 'checkout',
};
const definition = { kind: 'ecs-task-definition', id: 'api:87', arn: arn('ecs', 'task-definition/api:87') };
const cluster = { kind: 'ecs-cluster', id: 'prod', arn: arn('ecs', 'cluster/prod'), cluster: 'prod', tasks: [] };
const repository = { kind: 'ecr-repository', id: 'a/b', arn: arn('ecr', 'repository/a/b'), repository: 'a/b' };
const lambda = { kind: 'function', id: arn('lambda', 'function:f'), arn: arn('lambda', 'function:f') };
const instance = { kind: 'instance', id: node, arn: arn('ec2', `instance/${node}`) };
const group = { kind: 'security-group', id: 'sg-0a1b2c3d', arn: arn('ec2', 'security-group/sg-0a1b2c3d') };
const managed = { kind: 'managed-instance', id: machine, arn: arn('ssm', `managed-instance/${machine}`) };
const role = {
  kind: 'role',
  id: 'checkout',
  arn: 'arn:aws:iam::123456789012:role/checkout',
  session: null,
};

describe('what a rule of AWS Config evaluated is', () => {
  test.each([
    ['AWS::ECR::Repository', 'a/b', repository],
    ['AWS::ECR::Repository', repository.arn, repository],
    ['AWS::ECS::TaskDefinition', definition.arn, definition],
    ['AWS::ECS::TaskDefinition', 'api:87', definition],
    ['AWS::ECS::Service', service.arn, service],
    ['AWS::ECS::Service', 'prod/checkout', service],
    ['AWS::ECS::Cluster', cluster.arn, cluster],
    ['AWS::ECS::Cluster', 'prod', cluster],
    ['AWS::Lambda::Function', 'f', lambda],
    ['AWS::Lambda::Function', `${lambda.arn}:12`, lambda],
    ['AWS::EC2::Instance', node, instance],
    ['AWS::EC2::Instance', instance.arn, instance],
    ['AWS::SSM::ManagedInstanceInventory', node, instance],
    ['AWS::SSM::ManagedInstanceInventory', machine, managed],
    ['AWS::SSM::ManagedInstanceInventory', arn('ssm', `managed-instance-inventory/${machine}`), managed],
    ['AWS::SSM::PatchCompliance', `AWS::SSM::ManagedInstanceInventory/${node}`, instance],
    ['AWS::SSM::PatchCompliance', `AWS::SSM::ManagedInstanceInventory/${machine}`, managed],
    [
      'AWS::SSM::AssociationCompliance',
      `AWS::SSM::ManagedInstanceInventory/i-0ab12cd3/x`,
      {
        ...instance,
        id: 'i-0ab12cd3',
        arn: arn('ec2', 'instance/i-0ab12cd3'),
      },
    ],
    ['AWS::IAM::Role', 'arn:aws:iam::123456789012:role/tasks/checkout', role],
    ['AWS::IAM::Role', role.arn, role],
    ['AWS::EC2::SecurityGroup', 'sg-0a1b2c3d', group],
    ['AWS::EC2::SecurityGroup', group.arn, group],
  ])('%s %s', (type, id, resource) => {
    expect(of(type, id)).toEqual(resource);
  });

  test('shares its incident with the threats on it', () => {
    const threat = incidentKey(oneFinding(threatEvent('ecs-miner')));
    expect(incidentKey(oneFinding(configEvent('config-service')))).toBe(threat);
    const onHost = incidentKey(oneFinding(threatEvent('instance-bitcoin-dns')));
    expect(incidentKey(oneFinding(configEvent('config-patch-instance')))).toBe(onHost);
  });
});

describe('what is told and never acted on is', () => {
  const elsewhere = (text: string): string => text.replace('123456789012', '210987654321');
  const otherRegion = (text: string): string => text.replace('us-east-1', 'us-east-2');
  test.each([
    ['a type that nobody mapped', 'AWS::EC2::Volume', 'vol-1'],
    ['a wildcard for a repository', 'AWS::ECR::Repository', 'payments/*'],
    ['a wildcard for a service', 'AWS::ECS::Service', arn('ecs', 'service/prod/*')],
    ['a wildcard for a cluster', 'AWS::ECS::Cluster', 'pr*d'],
    ['a wildcard for a revision', 'AWS::ECS::TaskDefinition', arn('ecs', 'task-definition/api:*')],
    ['a wildcard for a function', 'AWS::Lambda::Function', 'f*'],
    ['a wildcard for a role', 'AWS::IAM::Role', 'arn:aws:iam::123456789012:role/*'],
    ['a family without a revision', 'AWS::ECS::TaskDefinition', 'api'],
    ['a service without its cluster', 'AWS::ECS::Service', arn('ecs', 'service/checkout')],
    ['an ARN of another service', 'AWS::ECS::Cluster', arn('eks', 'cluster/prod')],
    ['a repository of another account', 'AWS::ECR::Repository', elsewhere(repository.arn)],
    ['a repository of another Region', 'AWS::ECR::Repository', otherRegion(repository.arn)],
    ['a definition of another account', 'AWS::ECS::TaskDefinition', elsewhere(definition.arn)],
    ['a service of another Region', 'AWS::ECS::Service', otherRegion(service.arn)],
    ['a role of another account', 'AWS::IAM::Role', elsewhere(role.arn)],
    ['the unique id of a role', 'AWS::IAM::Role', 'AROAEXAMPLEEXAMPLE12'],
    ['an instance of another account', 'AWS::EC2::Instance', elsewhere(instance.arn)],
    ['an instance of another Region', 'AWS::EC2::Instance', otherRegion(instance.arn)],
    ['a machine with a digit too few', 'AWS::SSM::ManagedInstanceInventory', machine.slice(0, -1)],
    ['an instance with a digit too many', 'AWS::EC2::Instance', `${node}0`],
    ['an instance within a word', 'AWS::EC2::Instance', `xi-0ab12cd3`],
    ['a wildcard for a security group', 'AWS::EC2::SecurityGroup', 'sg-*'],
    ['a security group with a digit too few', 'AWS::EC2::SecurityGroup', 'sg-0a1b2c3'],
    ['a security group of another account', 'AWS::EC2::SecurityGroup', elsewhere(group.arn)],
    ['a security group of another Region', 'AWS::EC2::SecurityGroup', otherRegion(group.arn)],
    ['two nodes', 'AWS::SSM::PatchCompliance', `${node}/${machine}`],
    ['no node', 'AWS::SSM::PatchCompliance', 'AWS::SSM::ManagedInstanceInventory'],
  ])('%s', (_, type, id) => {
    expect(of(type, id)).toEqual({ kind: 'other', id: `${type}/${id}`, arn: id.startsWith('arn:') ? id : '', type });
  });

  test('bounded, and fits into the key of its incident', () => {
    const event = onResourceOf('\u4e16'.repeat(256), '\u4e16'.repeat(1024));
    const { resource } = oneFinding(event);
    expect(resource).toMatchObject({ type: expect.stringMatching(/^.{100}$/u) });
    expect(Buffer.byteLength(incidentKey(oneFinding(event)))).toBeLessThan(2000);
  });
});
