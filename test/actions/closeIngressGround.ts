import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { closeIngress as action } from '../../shared/actions/closeIngress/closeIngress.ts';
import type { Observed, Params } from '../../shared/actions/closeIngress/types.ts';
import type { Planned, Target } from '../../shared/actions/contract.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { actContext } from './actContext.ts';
import { type Answers, answeringAws } from './answeringAws.ts';
import { embeddedTarget } from './embeddedWorlds.ts';

export const target: Target = embeddedTarget('security-group');
export const settings = { quietPullDays: 7 };
export const params = (given: JsonObject = {}): Params => action.params.parse(given) as Params;

/** A rule as EC2 shows it; of TCP from everywhere where nothing else is said. */
export const rule = (ports: number | readonly [number, number], more: SecurityGroupRule = {}): SecurityGroupRule => {
  const [FromPort, ToPort] = typeof ports === 'number' ? [ports, ports] : ports;
  const SecurityGroupRuleId = `sgr-${FromPort}-${ToPort}`;
  const peer =
    'CidrIpv6' in more || 'PrefixListId' in more || 'ReferencedGroupInfo' in more ? {} : { CidrIpv4: '0.0.0.0/0' };
  return {
    SecurityGroupRuleId,
    GroupId: target.id,
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort,
    ToPort,
    ...peer,
    ...more,
  };
};
export const everything = rule(-1, { IpProtocol: '-1' });

/** Answers of EC2 about a group with these rules; what is made of it in the end is in `rules`. */
export function groupOf(rules: SecurityGroupRule[], group: object = {}, interfaces: readonly object[] = []) {
  const described = { GroupId: target.id, GroupName: 'web', OwnerId: target.account, ...group };
  const answers: Answers = {
    DescribeSecurityGroups: () => ({ SecurityGroups: [described] }),
    DescribeSecurityGroupRules: () => ({ SecurityGroupRules: rules }),
    DescribeNetworkInterfaces: () => ({ NetworkInterfaces: interfaces }),
    RevokeSecurityGroupIngress: ({
      SecurityGroupRuleIds: [id],
    }: {
      readonly SecurityGroupRuleIds: readonly string[];
    }) => {
      rules.splice(0, rules.length, ...rules.filter(({ SecurityGroupRuleId }) => SecurityGroupRuleId !== id));
      return { Return: true };
    },
    AuthorizeSecurityGroupIngress: () => ({ Return: true }),
  };
  return answers;
}

/** What is observed there, and planned on it. */
export async function planOn(answers: Answers, given: JsonObject = {}) {
  const { aws, sent } = answeringAws(answers);
  const observed = (await action.observe(target, params(given), actContext(aws))) as unknown as Observed;
  const planned = action.plan(target, params(given), observed as never, settings);
  return { aws, sent, observed, planned };
}

export const chosenOf = (planned: Planned): JsonObject => (planned.kind === 'step' ? (planned.chosen ?? {}) : {});
