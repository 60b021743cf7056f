import type { DescribeParametersResult } from '@aws-sdk/client-ssm';
import { PutParameterCommand, paginateDescribeParameters, SSMClient } from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, it } from 'vitest';
import { putParameter } from '../../../../sandbox/services/ssm/parameters.ts';
import { ssmService } from '../../../../sandbox/services/ssm/service.ts';
import { type FakeAccount, fakeAccount } from '../../fakeAccount.ts';
import { invoke } from '../../invoke.ts';
import { openWire } from '../openWire.ts';

let fake: FakeAccount;
beforeEach(() => {
  fake = fakeAccount();
  putParameter(fake.account, { name: '/shop/one', value: '1', description: 'first', tags: { team: 'shop' } });
  putParameter(fake.account, { name: '/shop/two/deep', value: 'a,b', type: 'StringList' });
  putParameter(fake.account, { name: 'plain', value: 'x'.repeat(5000), tier: 'Advanced' });
});

const describeThem = (input: object): Promise<DescribeParametersResult> =>
  invoke(ssmService, 'DescribeParameters', input, fake.call());
const named = async (...ParameterFilters: object[]): Promise<unknown> =>
  (await describeThem({ ParameterFilters })).Parameters?.map(({ Name }) => Name);

describe('DescribeParameters', () => {
  it('tells all but the value', async () => {
    const { Parameters, NextToken } = await describeThem({});
    expect(NextToken).toBeUndefined();
    expect(Parameters).toHaveLength(3);
    expect(Parameters?.[0]).toEqual({
      Name: '/shop/one',
      ARN: 'arn:aws:ssm:eu-west-1:123456789012:parameter/shop/one',
      Type: 'String',
      LastModifiedDate: new Date(fake.clock.now()),
      LastModifiedUser: 'arn:aws:iam::123456789012:root',
      Description: 'first',
      Version: 1,
      Tier: 'Standard',
      Policies: [],
      DataType: 'text',
    });
  });

  it('filters by each key with each of its options', async () => {
    expect(await named({ Key: 'Name', Values: ['plain', '/shop/one'] })).toEqual(['/shop/one', 'plain']);
    expect(await named({ Key: 'Name', Option: 'BeginsWith', Values: ['/shop'] })).toEqual([
      '/shop/one',
      '/shop/two/deep',
    ]);
    expect(await named({ Key: 'Name', Option: 'Contains', Values: ['two'] })).toEqual(['/shop/two/deep']);
    expect(await named({ Key: 'Path', Values: ['/shop'] })).toEqual(['/shop/one']);
    expect(await named({ Key: 'Path', Option: 'Recursive', Values: ['/shop/'] })).toEqual([
      '/shop/one',
      '/shop/two/deep',
    ]);
    expect(await named({ Key: 'Type', Values: ['StringList'] })).toEqual(['/shop/two/deep']);
    expect(await named({ Key: 'Tier', Option: 'BeginsWith', Values: ['Adv'] })).toEqual(['plain']);
    expect(await named({ Key: 'DataType', Values: ['text'] }, { Key: 'Type', Values: ['String'] })).toHaveLength(2);
    expect(await named({ Key: 'KeyId', Values: ['alias/aws/ssm'] })).toEqual([]);
    expect(await named({ Key: 'tag:team', Values: ['shop'] })).toEqual(['/shop/one']);
    expect(await named({ Key: 'tag:team' })).toEqual(['/shop/one']);
    expect(await named({ Key: 'tag:team', Values: ['web'] })).toEqual([]);
  });

  it('lists nothing that is shared with the account', async () => {
    expect(await describeThem({ Shared: true })).toEqual({ Parameters: [] });
  });

  it.each([
    [{ ParameterFilters: [{ Key: 'Label', Values: ['a'] }] }, 'InvalidFilterKey'],
    [{ ParameterFilters: [{ Key: 'constructor', Values: ['a'] }] }, 'InvalidFilterKey'],
    [{ ParameterFilters: [{ Key: 'Type', Option: 'Contains', Values: ['a'] }] }, 'InvalidFilterOption'],
    [{ ParameterFilters: [{ Key: 'Path', Option: 'Equals', Values: ['/a'] }] }, 'InvalidFilterOption'],
    [{ ParameterFilters: [{ Key: 'Path', Values: ['shop'] }] }, 'InvalidFilterValue'],
    [{ ParameterFilters: [{ Key: 'Name' }] }, 'InvalidFilterValue'],
    [{ NextToken: 'x' }, 'InvalidNextToken'],
    [{ MaxResults: 51 }, 'ValidationException'],
    [{ Filters: [{ Key: 'Name', Values: ['a'] }] }, 'ValidationException'],
  ])('refuses %j', async (input, code) => {
    await expect(describeThem(input)).rejects.toMatchObject({ code });
  });
});

it('the SDK puts a parameter with tags, and pages through all of them', async () => {
  const wire = await openWire(ssmService);
  const client = new SSMClient(wire.config);
  try {
    for (const name of ['a', 'b', 'c']) {
      const Tags = [{ Key: 'letter', Value: name }];
      await client.send(new PutParameterCommand({ Name: `/l/${name}`, Value: name, Type: 'String', Tags }));
    }
    const pages: (string | undefined)[][] = [];
    for await (const { Parameters } of paginateDescribeParameters({ client, pageSize: 2 }, {})) {
      pages.push((Parameters ?? []).map(({ Name }) => Name));
    }
    expect(pages).toEqual([['/l/a', '/l/b'], ['/l/c']]);
    const again = new PutParameterCommand({
      Name: '/l/a',
      Value: 'x',
      Overwrite: true,
      Tags: [{ Key: 'k', Value: 'v' }],
    });
    await expect(client.send(again)).rejects.toMatchObject({ name: 'ValidationException' });
  } finally {
    client.destroy();
    await wire.close();
  }
});
