import { describes } from '../../account/workloadPermissions.ts';
import { type ChangingCall, textAt } from '../changingCall.ts';
import { defineAction } from '../contract.ts';
import { fixFacts } from '../facts.ts';
import { type GroupTarget, onGroup, tagsNewRules } from '../targets/groupTarget.ts';
import { close, open, verifyClosed, verifyOpen } from './changes.ts';
import { observeIngress } from './observe.ts';
import { planIngress, reversal } from './plan.ts';
import { chosenShape, type Observed, type Params, params } from './types.ts';

/** Takes away exactly those rules by which the world reaches what nobody but administrators should, and can make the same again. */
export const closeIngress = defineAction<Params, Observed, 'security-group'>({
  name: 'vpc.close-ingress',
  summary: 'Take away the rules of a security group that let the whole world in to a port',
  targets: ['security-group'],
  params,
  example: '- vpc.close-ingress: { ports: [22, 3389, "5900-5999"], maxInterfaces: 10 }',
  permissions: (target) => ({
    write: [
      ...onGroup(target, 'ec2:RevokeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupIngress'),
      tagsNewRules(target),
    ],
    read: [
      describes('ec2:DescribeSecurityGroups'),
      describes('ec2:DescribeSecurityGroupRules'),
      describes('ec2:DescribeNetworkInterfaces'),
    ],
  }),
  facts: fixFacts,
  decisive: ['protectedBy', 'ofAccount', 'ours', 'balancers', 'crowded'],
  restores: ['rules'],
  // EC2 gives a new id to a rule that is made again: nothing can give it the old one.
  volatile: ['ids', 'groupName', 'stack', 'interfaces', 'owner', 'seen'],
  reversal,
  limits: [
    'Connections that are open already go on: EC2 looks at the rules when one begins (EC2 user guide, "Security group connection tracking").',
    'Open to the world is what comes from 0.0.0.0/0 or ::/0, and from what `alsoFrom` names: the world in two halves (0.0.0.0/1), or a prefix list, into which it does not look.',
    'A rule is taken away as a whole or not at all: one that lets in more than the ports asked for is held for a person, who narrows it, unless `wider` says otherwise.',
    'A load balancer is told by what Elastic Load Balancing writes on its network interfaces. That a port is served without one, by a task with a public address, it cannot know: leave such ports out of `ports`.',
    'What lets other security groups in stays, and so does everything that goes out.',
    'An undo is refused where the group has been filled up with other rules since: EC2 allows 60, unless the quota was raised.',
    'Tags of a rule that begin with `aws:` are not made again: nobody but AWS can.',
    'Where the group is kept as code, the next deployment of that code may open it again: that is told, and not fought.',
    'Groups of Firebreak itself, and those that another account shares, are never changed.',
  ],
  timeoutSeconds: 330,
  observe: observeIngress,
  plan: planIngress,
  changedBy: (target) =>
    ['AuthorizeSecurityGroupIngress', 'ModifySecurityGroupRules'].map((call) => changing(call, target)),
  intended: (_target, _params, { rules }, chosen) => {
    const { success, data } = chosenShape.safeParse(chosen);
    const closed = success ? data.closes.filter((name) => Object.hasOwn(rules, name)) : [];
    return { rules: { ...rules, ...Object.fromEntries(closed.map((name) => [name, null])) } };
  },
  execute: close,
  verify: verifyClosed,
  undo: open,
  verifyUndone: verifyOpen,
});

/** Groups of a default VPC can be named instead: such a call is not known to be about this one. */
const changing = (eventName: string, { id }: GroupTarget): ChangingCall => ({
  eventName,
  eventSource: 'ec2.amazonaws.com',
  // The one call that has no short form is shown with its own name around what was asked.
  isOn: (asked) => (textAt(asked, 'groupId') ?? textAt(asked, `${eventName}Request`, 'GroupId')) === id,
});
