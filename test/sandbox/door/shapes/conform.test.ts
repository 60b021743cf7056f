import { describe, expect, it } from 'vitest';
import { conform } from '../../../../sandbox/door/shapes/conform.ts';
import { inputShapes } from '../../../../sandbox/door/shapes/inputShapes.generated.ts';
import { services } from '../../../../sandbox/services.ts';

const ecs = { name: 'ecs', protocol: 'json-1.1' } as const;
const held = (service: Parameters<typeof conform>[0], operation: string, input: object): object => {
  conform(service, { operation, input });
  return input;
};
const refusal = (code: string, message: string) => expect.objectContaining({ code, message });

it('knows every operation whose request the door reads', () => {
  for (const { name, route, operations } of services) {
    const known = Object.keys(inputShapes[name]?.operations ?? {});
    expect(known).toEqual(route === undefined ? Object.keys(operations).toSorted() : []);
  }
});

describe('JSON', () => {
  it.each([
    ['DescribeServices', { cluster: 5 }, 'NUMBER_VALUE can not be converted to a String (cluster)'],
    ['DescribeServices', { cluster: true }, 'TRUE_VALUE can not be converted to a String (cluster)'],
    ['DescribeServices', { cluster: ['prod'] }, 'Start of list found where not expected (cluster)'],
    ['DescribeServices', { cluster: {} }, 'Start of structure or map found where not expected. (cluster)'],
    ['DescribeServices', { services: 'api' }, 'Unexpected value type in payload (services)'],
    ['DescribeServices', { services: { 0: 'api' } }, 'Start of structure or map found where not expected. (services)'],
    ['DescribeServices', { services: ['api', 5] }, 'NUMBER_VALUE can not be converted to a String (services[1])'],
    ['DescribeServices', { services: [null] }, 'NULL_VALUE can not be converted to a String (services[0])'],
    ['ListServices', { maxResults: '5' }, 'STRING_VALUE can not be converted to a Number (maxResults)'],
    [
      'UpdateService',
      { forceNewDeployment: 'true' },
      'STRING_VALUE can not be converted to a Boolean (forceNewDeployment)',
    ],
    ['UpdateService', { deploymentConfiguration: 5 }, 'Unexpected value type in payload (deploymentConfiguration)'],
    [
      'RegisterTaskDefinition',
      { containerDefinitions: [{ name: 'a', dockerLabels: { a: 1 } }] },
      'NUMBER_VALUE can not be converted to a String (containerDefinitions[0].dockerLabels.a)',
    ],
  ])('%s refuses %j', (operation, input, message) => {
    expect(() => held(ecs, operation, input)).toThrow(refusal('SerializationException', message));
  });

  it('takes a member that is null for one that was not sent, and leaves what the model does not know', () => {
    const input = { cluster: null, services: ['api'], more: { a: null } };
    expect(held(ecs, 'DescribeServices', input)).toEqual({ services: ['api'], more: { a: null } });
  });

  it('takes a time in seconds that a clock can hold', () => {
    const events = { name: 'events', protocol: 'json-1.1' } as const;
    const put = (Time: unknown) => held(events, 'PutEvents', { Entries: [{ Time }] });
    expect(put(1_795_000_000.5)).toEqual({ Entries: [{ Time: 1_795_000_000.5 }] });
    for (const time of ['2026-11-24', 1e13, Number.POSITIVE_INFINITY]) {
      expect(() => put(time)).toThrow(expect.objectContaining({ code: 'SerializationException' }));
    }
  });

  it('refuses what is deeper than any request', () => {
    const dynamodb = { name: 'dynamodb', protocol: 'json-1.0' } as const;
    let value: object = { S: 'a' };
    for (let i = 0; i < 30; i += 1) value = { M: { a: value } };
    held(dynamodb, 'PutItem', { TableName: 't', Item: { a: value } });
    for (let i = 0; i < 5000; i += 1) value = { M: { a: value } };
    expect(() => held(dynamodb, 'PutItem', { TableName: 't', Item: { a: value } })).toThrow(
      expect.objectContaining({ code: 'SerializationException' }),
    );
  });
});

describe('a form', () => {
  const iam = { name: 'iam', protocol: 'query' } as const;
  const ec2 = { name: 'ec2', protocol: 'ec2' } as const;

  it.each([
    [
      iam,
      'ListRoles',
      { MaxItems: 'x' },
      'MalformedInput',
      "Invalid MaxItems: the value 'x' is not of the type that is expected there",
    ],
    [
      iam,
      'GetRole',
      { RoleName: ['a'] },
      'MalformedInput',
      'Invalid RoleName: a structure or list is not of the type that is expected there',
    ],
    [
      ec2,
      'DescribeInstances',
      { DryRun: 'maybe' },
      'InvalidParameterValue',
      "Invalid DryRun: the value 'maybe' is not of the type that is expected there",
    ],
    [
      ec2,
      'DescribeInstances',
      { Filter: 'a' },
      'InvalidParameterValue',
      "Invalid Filter: the value 'a' is not of the type that is expected there",
    ],
  ])('of %j for %s refuses %j', (service, operation, input, code, message) => {
    expect(() => held(service, operation, input)).toThrow(refusal(code, message));
  });

  it('has numbers and truth as text, and an empty text for an empty list', () => {
    expect(held(iam, 'ListRoles', { MaxItems: '5' })).toEqual({ MaxItems: '5' });
    expect(held(ec2, 'DescribeInstances', { DryRun: 'false', InstanceIds: '' })).toEqual({
      DryRun: 'false',
      InstanceIds: [],
    });
  });
});
