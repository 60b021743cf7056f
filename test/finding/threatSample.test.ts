import { describe, expect, test } from 'vitest';
import { oneFinding } from './sampleEvent.ts';
import { onService, threatEvent } from './threatEvent.ts';

const sample = (event: unknown): boolean => oneFinding(event).sample;
const instance = (instanceId: string) =>
  threatEvent('instance-bitcoin-dns', { resource: { instanceDetails: { instanceId } } });
const key = (accessKeyDetails: { [key: string]: unknown }) =>
  threatEvent('iam-user', { resource: { accessKeyDetails } });

describe('a sample finding is one that', () => {
  test.each([
    ['says so in the additional information, old form', onService({ additionalInfo: { sample: true } })],
    ['says so in the JSON within it', onService({ additionalInfo: { value: '{"sample":true}', type: 'default' } })],
    ['has it in front of its title', threatEvent('ecs-miner', { title: '[SAMPLE] A container is mining.' })],
    ['is about the instance of all samples', instance('i-99999999')],
    ['is about the access key of all samples', key({ accessKeyId: 'GeneratedFindingAccessKeyId' })],
    ['is about the principal of all samples', key({ principalId: 'GeneratedFindingPrincipalId' })],
  ])('%s', (_, event) => {
    expect(sample(event)).toBe(true);
  });
});

describe('a real finding is one', () => {
  test.each([
    [
      'whose additional information is no JSON',
      onService({ additionalInfo: { value: '{"sample":tru', type: 'default' } }),
    ],
    ['whose additional information is JSON of another kind', onService({ additionalInfo: { value: '[true]' } })],
    ['without additional information', onService({ additionalInfo: {} })],
    ['that says that it is none', onService({ additionalInfo: { value: '{"sample":false}' } })],
    ['whose title speaks of samples further on', threatEvent('ecs-miner', { title: 'Mining in [SAMPLE] task' })],
    ['about an instance with a like id', instance('i-999999990')],
    // Whoever can create a user, a cluster or a role can call it so.
    ['about a user who was given the name of samples', key({ userName: 'GeneratedFindingUserName' })],
    [
      'about a cluster that was given the name of samples',
      threatEvent('ecs-miner', { resource: { ecsClusterDetails: { name: 'GeneratedFindingECSClusterName' } } }),
    ],
  ])('%s', (_, event) => {
    expect(sample(event)).toBe(false);
  });
});
