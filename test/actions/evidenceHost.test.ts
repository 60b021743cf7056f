import { describe, expect, it } from 'vitest';
import { evidenceCapture as action } from '../../shared/actions/evidenceCapture/evidenceCapture.ts';
import { awsError } from '../account/awsError.ts';
import { actContext } from './actContext.ts';
import { type Answers, answeringAws } from './answeringAws.ts';
import { embeddedTarget } from './embeddedWorlds.ts';
import { expectNoneUnused, expectPermitted } from './permitted.ts';

const target = embeddedTarget('instance');
const refused = (error: string) => () => {
  throw awsError(error);
};

const instance = (state = 'running') => ({
  Reservations: [
    {
      Instances: [
        {
          InstanceId: target.id,
          State: { Name: state },
          Tags: [{ Key: 'team', Value: 'shop' }],
          SecurityGroups: [{ GroupId: 'sg-1' }],
          NetworkInterfaces: [
            { NetworkInterfaceId: 'eni-1', Groups: [{ GroupId: 'sg-1' }] },
            { NetworkInterfaceId: 'eni-2', Groups: [{ GroupId: 'sg-2' }] },
          ],
          BlockDeviceMappings: [{ Ebs: { VolumeId: 'vol-1' } }],
        },
      ],
    },
  ],
});

const whole = (change: Answers = {}): Answers => ({
  DescribeInstances: () => instance(),
  DescribeNetworkInterfaces: ({ NetworkInterfaceIds }: { readonly NetworkInterfaceIds: readonly string[] }) => ({
    NetworkInterfaces: NetworkInterfaceIds.map((NetworkInterfaceId) => ({ NetworkInterfaceId })),
  }),
  DescribeSecurityGroups: ({ GroupIds }: { readonly GroupIds: readonly string[] }) => ({
    SecurityGroups: GroupIds.map((GroupId) => ({ GroupId })),
  }),
  DescribeVolumes: ({ VolumeIds }: { readonly VolumeIds: readonly string[] }) => ({
    Volumes: VolumeIds.map((VolumeId) => ({ VolumeId })),
  }),
  DescribeInstanceInformation: () => ({ InstanceInformationList: [{ InstanceId: target.id, PingStatus: 'Online' }] }),
  ...change,
});

function capture(answers: Answers) {
  const { aws, sent } = answeringAws(answers);
  const context = actContext(aws);
  const run = () => action.execute(target, {}, {}, context) as Promise<{ did: string }>;
  const parsed = (file: string) => JSON.parse(context.stored.get(file)?.body ?? 'null');
  return { context, run, parsed, sent, list: () => parsed('manifest.json') };
}

describe('evidence on a host', () => {
  it('is stored with the interfaces, the groups of each of them, and the volumes', async () => {
    const { context, run, parsed, list } = capture(whole());
    expect((await run()).did).not.toContain('missing');
    expect([...context.stored.keys()]).toEqual([
      'instance.json',
      'network-interfaces.json',
      'security-groups.json',
      'volumes.json',
      'systems-manager.json',
      'findings.json',
      'manifest.json',
    ]);
    expect(parsed('network-interfaces.json')).toHaveLength(2);
    expect(parsed('security-groups.json')).toEqual([{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }]);
    expect(parsed('volumes.json')).toEqual([{ VolumeId: 'vol-1' }]);
    expect(parsed('systems-manager.json')).toMatchObject({ PingStatus: 'Online' });
    expect(list()).toMatchObject({ missing: [], remarks: [] });
    expect(await action.verify(target, {}, {}, context)).toMatchObject({ state: 'holds' });
  });

  it('asks for nothing that it does not declare, and declares nothing that it does not ask for', async () => {
    const { context, run, sent } = capture(whole());
    await action.observe(target, {}, context);
    await run();
    const ofSystemsManager = 'DescribeInstanceInformation';
    const asked = sent.map(({ operation }) => `${operation === ofSystemsManager ? 'ssm' : 'ec2'}:${operation}`);
    expectPermitted(action, target, asked, 'reads only');
    expectNoneUnused(action, target, asked);
    expect(() => action.permissions({ ...target, arn: `${target.arn.slice(0, -3)}*` })).toThrow(
      expect.objectContaining({ name: 'ActionFailed' }),
    );
  });

  it('is still there for a while when it is terminated', async () => {
    const { run, parsed } = capture(whole({ DescribeInstances: () => instance('terminated') }));
    await run();
    expect(parsed('instance.json')).toMatchObject({ State: { Name: 'terminated' } });
  });

  it('is what is left of one that is gone, and names what is not to be had', async () => {
    const { run, list } = capture(
      whole({
        DescribeInstances: refused('InvalidInstanceID.NotFound'),
        DescribeInstanceInformation: () => ({ InstanceInformationList: [] }),
      }),
    );
    expect((await run()).did).toContain('missing: ');
    expect(list()).toMatchObject({
      files: [{ name: 'findings.json' }],
      missing: [{ what: 'the instance' }],
      remarks: ['Systems Manager does not manage it'],
    });
  });

  it.each([
    ['DescribeNetworkInterfaces', 'the network interfaces'],
    ['DescribeSecurityGroups', 'the security groups'],
    ['DescribeVolumes', 'the volumes'],
    ['DescribeInstanceInformation', 'what Systems Manager knows of it'],
  ])('has the rest where %s is refused', async (operation, what) => {
    const { run, list } = capture(whole({ [operation]: refused('UnauthorizedOperation') }));
    await run();
    expect(list().missing.map((one: { what: string }) => one.what)).toEqual([what]);
    expect(list().files).toHaveLength(5);
  });
});

describe('what is seen of a host before', () => {
  it.each([
    ['its state and owner', {}, { state: 'running', owner: 'shop (tag team)' }, 'Store the evidence on host'],
    [
      'that it is gone',
      { DescribeInstances: refused('InvalidInstanceID.NotFound') },
      { state: 'gone', owner: '' },
      'alone: it is gone',
    ],
    [
      'that it may not be read, which never stands in the way',
      { DescribeInstances: refused('UnauthorizedOperation') },
      { state: 'unreadable: access denied (UnauthorizedOperation)', owner: '' },
      'Store the evidence on host',
    ],
  ])('is %s', async (_what, change, seen, sentence) => {
    const observed = await action.observe(target, {}, actContext(answeringAws(whole(change)).aws));
    expect(observed).toEqual(seen);
    expect(action.plan(target, {}, observed, { quietPullDays: 7 })).toMatchObject({
      kind: 'step',
      sentence: expect.stringContaining(sentence),
    });
  });
});
