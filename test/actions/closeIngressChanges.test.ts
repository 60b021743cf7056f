import { expect, it } from 'vitest';
import { closeIngress as action } from '../../shared/actions/closeIngress/closeIngress.ts';
import { actContext } from './actContext.ts';
import { answeringAws } from './answeringAws.ts';
import { chosenOf, groupOf, params, planOn, rule, target } from './closeIngressGround.ts';

const Tags = [
  { Key: 'who', Value: 'ana' },
  { Key: 'aws:cloudformation:stack-name', Value: 'net' },
  { Key: 'ticket', Value: 'OPS-1' },
];
const ssh = () => rule(22, { Description: 'until the VPN is there', Tags });
const rdp = () => rule(3389, { CidrIpv6: '::/0' });
const [sshName, rdpName] = ['tcp 22 from 0.0.0.0/0', 'tcp 3389 from ::/0'] as const;
const refused = (name: string) => () => {
  throw Object.assign(new Error(name), { name, $fault: 'client', $metadata: {} });
};

/** The group as it is planned on, and a context in which it is done. */
async function planned(rules: Parameters<typeof groupOf>[0], answers = {}, given = {}) {
  const all = { ...groupOf(rules), ...answers };
  const { observed, planned: plan } = await planOn(all, given);
  const { aws, sent } = answeringAws(all);
  const context = { ...actContext(aws), chosen: chosenOf(plan) };
  const changes = () => sent.filter(({ operation }) => !operation.startsWith('Describe'));
  return { rules, before: observed as never, context, changes, params: params(given), aws };
}
type Ground = Awaited<ReturnType<typeof planned>>;

const execute = ({ params: its, before, context }: Ground) => action.execute(target, its, before, context);
const verify = ({ params: its, before, context }: Ground) => action.verify(target, its, before, context);
const undo = ({ params: its, before, context }: Ground) => action.undo?.(target, its, before, context);
const verifyUndone = ({ params: its, before, context }: Ground) => action.verifyUndone?.(target, its, before, context);

it('each rule is taken away by its id, and nothing that came since', async () => {
  const ground = await planned([ssh(), rdp(), rule(443)]);
  ground.rules.push(rule(3389, { SecurityGroupRuleId: 'sgr-new' }));
  expect(await execute(ground)).toEqual({
    kind: 'done',
    did: `${target.id}: ${sshName} taken away, ${rdpName} taken away`,
  });
  expect(ground.changes().map(({ input }) => input)).toEqual([
    { GroupId: target.id, SecurityGroupRuleIds: ['sgr-22-22'] },
    { GroupId: target.id, SecurityGroupRuleIds: ['sgr-3389-3389'] },
  ]);
});

it('a rule that says something else than what was saved is left: it could not be put back', async () => {
  const ground = await planned([ssh(), rdp()]);
  ground.rules.splice(0, 1, { ...ssh(), Description: 'ana, until Friday' });
  await execute(ground);
  expect(ground.changes().map(({ input }) => input['SecurityGroupRuleIds'])).toEqual([['sgr-3389-3389']]);
});

it('a rule that is gone by now keeps none of the others open, and one that AWS refuses is told', async () => {
  const gone = await planned([ssh(), rdp()], {
    RevokeSecurityGroupIngress: refused('InvalidSecurityGroupRuleId.NotFound'),
  });
  expect(await execute(gone)).toMatchObject({ kind: 'done' });
  expect(gone.changes()).toHaveLength(2);
  const denied = await planned([ssh(), rdp()], { RevokeSecurityGroupIngress: refused('UnauthorizedOperation') });
  await expect(execute(denied)).rejects.toThrow(`Closing ${sshName} of ${target.id}: access denied`);
});

it('a repeat after a crash makes no call again that was made', async () => {
  const ground = await planned([ssh(), rdp()]);
  await execute(ground);
  ground.rules.push(rdp());
  await execute(ground);
  expect(ground.changes()).toHaveLength(2);
});

it('is read back: absent, still there, opened since', async () => {
  const ground = await planned([ssh(), rule(443)]);
  expect(await verify(ground)).toMatchObject({ state: 'pending', seen: `${target.id} still has ${sshName}` });
  await execute(ground);
  expect(await verify(ground)).toEqual({
    ...{ state: 'holds', absence: true },
    seen: `${target.id} has nothing of it open to the world`,
  });
  ground.rules.push(rdp());
  expect(await verify(ground)).toMatchObject({
    ...{ state: 'broken', again: true, absence: false },
    seen: `${target.id} was opened since: ${rdpName}`,
  });
});

it('what was opened after the plan and before the step is planned again, and not told as fixed', async () => {
  const ground = await planned([ssh()]);
  ground.rules.push(rdp());
  const seen = await action.observe(target, ground.params, ground.context);
  const late = { ...ground, before: seen as never };
  expect(action.intended(target, ground.params, seen, ground.context.chosen)).toMatchObject({
    rules: { [sshName]: null, [rdpName]: { from: 3389 } },
  });
  await execute(late);
  expect(await verify(late)).toMatchObject({ state: 'broken', again: true, seen: expect.stringContaining(rdpName) });
});

it('what stands is told from what has come since: gone rules are null, new ones beside them', async () => {
  const ground = await planned([ssh()]);
  await execute(ground);
  ground.rules.push(rdp());
  const seen = await action.observe(target, ground.params, { ...ground.context, before: ground.before });
  expect(seen['rules']).toMatchObject({ [sshName]: null, [rdpName]: { peer: '::/0' } });
});

it('undo makes exactly the rules again that are not there, each with its description and tags', async () => {
  const ground = await planned([ssh(), rdp()]);
  await execute(ground);
  ground.rules.push(rdp());
  ground.context.done.clear();
  await undo(ground);
  expect(
    ground
      .changes()
      .slice(2)
      .map(({ input }) => input),
  ).toEqual([
    {
      GroupId: target.id,
      IpPermissions: [
        {
          ...{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22 },
          IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'until the VPN is there' }],
        },
      ],
      TagSpecifications: [
        {
          ResourceType: 'security-group-rule',
          Tags: [
            { Key: 'ticket', Value: 'OPS-1' },
            { Key: 'who', Value: 'ana' },
          ],
        },
      ],
    },
  ]);
});

it.each([
  [
    'IPv6',
    rule(22, { CidrIpv6: '::/0' }),
    {},
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, Ipv6Ranges: [{ CidrIpv6: '::/0' }] },
  ],
  [
    'a prefix list',
    rule(22, { PrefixListId: 'pl-0a1b2c3d' }),
    { alsoFrom: ['pl-0a1b2c3d'] },
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, PrefixListIds: [{ PrefixListId: 'pl-0a1b2c3d' }] },
  ],
  [
    'all traffic',
    rule(-1, { IpProtocol: '-1' }),
    { ports: 'all' },
    { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
  ],
  [
    'a kind of ping',
    rule([8, -1], { IpProtocol: 'icmp' }),
    { ports: 'all' },
    { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
  ],
])('%s is made again as it was', async (_what, one, given, permission) => {
  const ground = await planned([one], {}, given);
  await execute(ground);
  await undo(ground);
  expect(ground.changes().at(-1)?.input).toEqual({ GroupId: target.id, IpPermissions: [permission] });
});

it('a rule that somebody makes in the same moment is no failure of the undo', async () => {
  const ground = await planned([ssh()], { AuthorizeSecurityGroupIngress: refused('InvalidPermission.Duplicate') });
  await execute(ground);
  expect(await undo(ground)).toMatchObject({ kind: 'done' });
});

it('an undo is read back by all that a rule says, its id apart', async () => {
  const ground = await planned([ssh()]);
  await execute(ground);
  expect(await verifyUndone(ground)).toMatchObject({ state: 'pending', seen: `${target.id} lacks ${sshName}` });
  ground.rules.push({ ...ssh(), SecurityGroupRuleId: 'sgr-new', Tags: [] });
  expect(await verifyUndone(ground)).toMatchObject({ state: 'pending' });
  ground.rules.splice(0, 1, { ...ssh(), SecurityGroupRuleId: 'sgr-new', Tags: Tags.toReversed() });
  expect(await verifyUndone(ground)).toEqual({
    state: 'holds',
    seen: `${target.id} has ${sshName} again`,
    absence: false,
  });
});
