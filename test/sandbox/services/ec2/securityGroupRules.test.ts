import type { AuthorizeSecurityGroupIngressResult, RevokeSecurityGroupIngressResult } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../../sandbox/account.ts';
import { authorizeSecurityGroupEgress } from '../../../../sandbox/services/ec2/authorizeSecurityGroupEgress.ts';
import { authorizeSecurityGroupIngress } from '../../../../sandbox/services/ec2/authorizeSecurityGroupIngress.ts';
import { deleteSecurityGroup } from '../../../../sandbox/services/ec2/deleteSecurityGroup.ts';
import { revokeSecurityGroupEgress } from '../../../../sandbox/services/ec2/revokeSecurityGroupEgress.ts';
import { revokeSecurityGroupIngress } from '../../../../sandbox/services/ec2/revokeSecurityGroupIngress.ts';
import { DEFAULT_GROUP } from '../../../../sandbox/services/ec2/vpc.ts';
import { fakeAccount } from '../../fakeAccount.ts';

import { absent, arn, https, withGroup } from './newGroup.ts';

describe('rules', () => {
  it('are added one for each peer, and shown together and one by one', async () => {
    const { run, id, described, rules } = await withGroup();
    const IpPermissions = [
      {
        ...https,
        IpRanges: [{ CidrIp: '10.1.2.3/8', Description: 'the office' }, { CidrIp: '192.168.0.0/16' }],
        Ipv6Ranges: [{ CidrIpv6: '2001:DB8::/32' }],
        UserIdGroupPairs: [{ GroupId: DEFAULT_GROUP }],
      },
    ];
    const { Return, SecurityGroupRules } = await run<AuthorizeSecurityGroupIngressResult>(
      authorizeSecurityGroupIngress,
      { GroupId: id, IpPermissions },
    );
    expect(Return).toBe(true);
    expect(SecurityGroupRules).toMatchObject([
      { GroupId: id, IsEgress: false, ...https, CidrIpv4: '10.0.0.0/8', Description: 'the office' },
      { CidrIpv4: '192.168.0.0/16' },
      { CidrIpv6: '2001:db8::/32' },
      { ReferencedGroupInfo: { GroupId: DEFAULT_GROUP } },
    ]);
    expect((await described())?.IpPermissions).toEqual([
      {
        ...https,
        IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'the office' }, { CidrIp: '192.168.0.0/16' }],
        Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
        PrefixListIds: [],
        UserIdGroupPairs: [{ GroupId: DEFAULT_GROUP, UserId: '123456789012' }],
      },
    ]);
    expect((await rules()).map(({ IsEgress }) => IsEgress)).toEqual([true, false, false, false, false]);
  });

  it('are all taken or none: what is there already is refused', async () => {
    const { run, id, rules } = await withGroup();
    const add = (...cidrs: string[]) =>
      run(authorizeSecurityGroupIngress, {
        GroupId: id,
        IpPermissions: [{ ...https, IpRanges: cidrs.map((CidrIp) => ({ CidrIp })) }],
      });
    await add('10.0.0.0/8');
    await expect(add('192.168.0.0/16', '10.9.9.9/8')).rejects.toMatchObject({
      code: 'InvalidPermission.Duplicate',
      message: 'the specified rule "peer: 10.0.0.0/8, TCP, from port: 443, to port: 443, ALLOW" already exists',
    });
    await expect(add('172.16.0.0/12', '172.16.0.0/12')).rejects.toMatchObject({ code: 'InvalidPermission.Duplicate' });
    expect(await rules()).toHaveLength(2);
  });

  it('are at most sixty in one direction', async () => {
    const { run, id } = await withGroup();
    const IpRanges = Array.from({ length: 60 }, (_, at) => ({ CidrIp: `10.0.0.${at}/32` }));
    await run(authorizeSecurityGroupIngress, { GroupId: id, IpPermissions: [{ ...https, IpRanges }] });
    const one = { GroupId: id, IpPermissions: [{ ...https, IpRanges: [{ CidrIp: '10.1.0.0/16' }] }] };
    await expect(run(authorizeSecurityGroupIngress, one)).rejects.toMatchObject({
      code: 'RulesPerSecurityGroupLimitExceeded',
    });
    await run(authorizeSecurityGroupEgress, one);
  });

  it('are taken in the short form as well, for one range', async () => {
    const { run, id, rules } = await withGroup();
    const short = { GroupId: id, IpProtocol: 'UDP', FromPort: '53', ToPort: '54', CidrIp: '10.0.0.2/32' };
    await run(authorizeSecurityGroupIngress, short);
    expect((await rules())[1]).toMatchObject({ IpProtocol: 'udp', FromPort: 53, ToPort: 54, CidrIpv4: '10.0.0.2/32' });
    await run(revokeSecurityGroupIngress, short);
    expect(await rules()).toHaveLength(1);
  });

  it('go by what they say, or by id, in their own direction', async () => {
    const { run, id, described, rules } = await withGroup();
    const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    const [rule] = await rules();
    const gone = await run<RevokeSecurityGroupIngressResult>(revokeSecurityGroupEgress, {
      GroupId: id,
      IpPermissions: [everything],
    });
    expect(gone).toMatchObject({
      Return: true,
      RevokedSecurityGroupRules: [{ SecurityGroupRuleId: rule?.SecurityGroupRuleId, CidrIpv4: '0.0.0.0/0' }],
    });
    expect((await described())?.IpPermissionsEgress).toEqual([]);
    await run(authorizeSecurityGroupIngress, { GroupId: id, IpPermissions: [everything] });
    const [{ SecurityGroupRuleId } = {}] = await rules();
    const byId = { GroupId: id, SecurityGroupRuleIds: [SecurityGroupRuleId] };
    await expect(run(revokeSecurityGroupEgress, byId)).rejects.toMatchObject({
      code: 'InvalidSecurityGroupRuleId.NotFound',
    });
    await run(revokeSecurityGroupIngress, byId);
    expect(await rules()).toEqual([]);
  });

  it('that are not there are missed, and then none goes', async () => {
    const { run, id, rules } = await withGroup();
    const IpPermissions = [
      { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      { ...https, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
    ];
    await expect(run(revokeSecurityGroupEgress, { GroupId: id, IpPermissions })).rejects.toMatchObject({
      code: 'InvalidPermission.NotFound',
      message: 'The specified rule does not exist in this security group.',
    });
    expect(await rules()).toHaveLength(1);
  });

  const range = { IpRanges: [{ CidrIp: '10.0.0.0/8' }] };
  it.each([
    ['no group', { GroupId: undefined }, 'MissingParameter'],
    ['no rule', { IpPermissions: undefined }, 'MissingParameter'],
    ['a group that is none', { GroupId: 'sg-x' }, 'InvalidGroupId.Malformed'],
    ['a group that is not there', { GroupId: absent }, 'InvalidGroup.NotFound'],
    ['a protocol that is none', { IpPermissions: [{ ...range, IpProtocol: 'http' }] }, 'InvalidParameterValue'],
    ['no ports', { IpPermissions: [{ ...range, IpProtocol: 'tcp' }] }, 'InvalidParameterValue'],
    ['a port that is none', { IpPermissions: [{ ...range, ...https, ToPort: 65536 }] }, 'InvalidParameterValue'],
    ['ports the wrong way', { IpPermissions: [{ ...range, ...https, FromPort: 444 }] }, 'InvalidParameterValue'],
    ['nobody', { IpPermissions: [https] }, 'InvalidParameterValue'],
    [
      'a range that is none',
      { IpPermissions: [{ ...https, IpRanges: [{ CidrIp: '10.0.0.0' }] }] },
      'InvalidParameterValue',
    ],
    [
      'a peer that is not there',
      { IpPermissions: [{ ...https, UserIdGroupPairs: [{ GroupId: absent }] }] },
      'InvalidGroup.NotFound',
    ],
    ['a name', { GroupName: 'quarantine' }, 'UnsupportedOperation'],
    ['a dry run', { DryRun: true }, 'DryRunOperation'],
  ])('are refused for %s', async (_what, more, code) => {
    const { run, id } = await withGroup();
    const input = { GroupId: id, IpPermissions: [{ ...https, ...range }], ...more };
    await expect(run(authorizeSecurityGroupIngress, input)).rejects.toMatchObject({ code });
  });

  it.each<readonly [string, Operation]>([
    ['ec2:AuthorizeSecurityGroupIngress', authorizeSecurityGroupIngress],
    ['ec2:AuthorizeSecurityGroupEgress', authorizeSecurityGroupEgress],
    ['ec2:RevokeSecurityGroupIngress', revokeSecurityGroupIngress],
    ['ec2:RevokeSecurityGroupEgress', revokeSecurityGroupEgress],
    ['ec2:DeleteSecurityGroup', deleteSecurityGroup],
  ])('need %s on their group', (action, operation) => {
    expect(operation.needs({ GroupId: absent } as never, fakeAccount().account)).toEqual([
      { action, resource: arn(`security-group/${absent}`) },
    ]);
  });
});
