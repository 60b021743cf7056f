import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const planned = provenBy('test/actions/closeIngress.test.ts', 'shared/actions/');
const failure = provenBy('test/actions/closeIngressChanges.test.ts', 'shared/account/');
const done = provenBy('test/actions/closeIngressChanges.test.ts', 'shared/actions/closeIngress/');
const rules = 'closeIngress/rules.ts';
const plan = 'closeIngress/plan.ts';
const observe = 'closeIngress/observe.ts';
const group = 'targets/groupTarget.ts';

/** What keeps a security group from being closed further than was meant, and from being told as closed. */
export const ingressChecks: readonly RemovedCheck[] = [
  planned(
    'closeIngress/types.ts',
    ' || canonicalBlock(peer) === peer',
    ' || true',
    'which no rule of EC2 ever shows',
    'a group is told as closed that a mistyped block keeps open',
  ),
  planned(
    rules,
    '(everywhere.includes(rule.peer) || alsoFrom.includes(rule.peer)) && ',
    '',
    'what lets the world in to SSH and Remote Desktop',
    'an office, a VPN or a prefix list is locked out as if it were the world',
  ),
  planned(
    rules,
    ' && (ports === null || meets(rule, ports))',
    '',
    'what lets the world in to SSH and Remote Desktop',
    'ports that nobody asked about are closed',
  ),
  planned(
    rules,
    '(hasPorts(rule) && ports.some(',
    '(ports.some(',
    'a port, and not the type of ICMP',
    'a type of ICMP is taken for a port',
  ),
  planned(
    rules,
    'if (from <= covered && covered <= to) covered = to + 1;',
    'covered = to + 1;',
    'has a gap between the ports',
    'a rule that lets in more than the ports is taken away',
  ),
  planned(
    plan,
    '!params.wider && isWider(rule, ports)',
    'false',
    'waits for a person where a rule lets in more',
    'all that a rule lets in is cut because of one port',
  ),
  planned(
    plan,
    'isGuarded && servesWeb(rule)',
    'false',
    'a rule that lets in 443 besides',
    'a shop is closed because its load balancer shares a rule with a port',
  ),
  planned(
    plan,
    'open.filter(([, rule]) => servesWebAlone(rule))',
    '[]',
    'goes on to be asked by 80 and 443',
    'a load balancer is not asked any more',
  ),
  planned(
    plan,
    'if (!observed.crowded) return undefined;',
    'return undefined;',
    'more interfaces than the rule allows',
    'a group that half the account shares is closed by one finding',
  ),
  planned(plan, "if (ours) return 'it is of Firebreak itself';", '', 'is never changed', 'Firebreak changes itself'),
  planned(
    plan,
    'return ofAccount === account ? undefined : `it',
    'return ofAccount === account || true ? undefined : `it',
    'one that another account shares',
    'a step is begun that AWS refuses, because the group is of another account',
  ),
  planned(
    observe,
    'const [, name] = /^ELB ([A-Za-z0-9/-]{1,60})/.exec(Description) ?? [];',
    'const [, name]: (string | undefined)[] = [];',
    'load balancer goes on to be asked by 80 and 443',
    'nobody is told which load balancer would not be asked any more',
  ),
  planned(
    observe,
    "RequesterId === 'amazon-elb' || ",
    '',
    'an unnamed load balancer',
    'a load balancer of which nothing is written on its interface is closed',
  ),
  planned(
    observe,
    "[groupName, stack ?? ''].some(",
    '[groupName].some(',
    'told by the stack that made it',
    'a group of Firebreak itself that is named otherwise is changed',
  ),
  planned(
    group,
    'ofRegion === region && ofAccount === account && ofId === id',
    'true',
    'no permission is given for an ARN of',
    'an ARN of an event widens what a step may change',
  ),
  planned(
    group,
    'if (found === undefined) throw new TargetGone(`${id} is not there any more`);',
    'if (found === undefined) return {};',
    'one that is not there is gone',
    'a group that was deleted is told as closed',
  ),
  done(
    'changes.ts',
    ' || canonicalJson(there.rule) !== canonicalJson(rules[name] ?? null)',
    '',
    'says something else than what was saved',
    'a rule is taken away that undo would put back otherwise',
  ),
  failure(
    'awsFailure.ts',
    "if (!names.includes(failureOf(error)?.name ?? '')) throw error;",
    '',
    'one that AWS refuses is told',
    'a rule that AWS did not take away is told as taken away',
  ),
  done(
    'changes.ts',
    'if (rule === null || all.some((one) => one.name === name)) continue;',
    'if (rule === null) continue;',
    'makes exactly the rules again that are not there',
    'an undo begins with calls that AWS refuses',
  ),
  done(
    'changes.ts',
    'if (more.length > 0) {',
    'if (more.length > 1_000) {',
    'opened since',
    'a group that somebody has opened again otherwise is told as closed',
  ),
  done(
    'changes.ts',
    'if (left.length > 0) return',
    'if (left.length > 1_000) return',
    'is read back: absent, still there',
    'a group that is still open is told as closed',
  ),
  done(
    'changes.ts',
    'there.get(name) !== canonicalJson(rules[name])',
    '!there.has(name)',
    'by all that a rule says',
    'an undo that lost description or tags is told as complete',
  ),
  done(
    'rules.ts',
    '.filter(([name]) => !ofAws.test(name))',
    '',
    'each with its description and tags',
    'AWS refuses the whole undo because of a tag that is its own',
  ),
  done(
    'closeIngress.ts',
    'data.closes.filter((name) => Object.hasOwn(rules, name))',
    'Object.keys(rules)',
    'opened after the plan and before the step',
    'what a person opened since the plan was made counts as meant to be closed',
  ),
];

const plans = provenBy('test/plan/propose.test.ts', 'shared/plan/');
const reads = provenBy('test/finding/inspectorHosts.test.ts', 'shared/finding/imageScan/');

/** What keeps a group from being accused that no finding names. */
export const groupChecks: readonly RemovedCheck[] = [
  reads(
    'vulnerability.ts',
    'ids.filter((id) => groupId.test(id))',
    'ids',
    'names the security groups on the way',
    'a wildcard in the place of a group widens the policy of a step',
  ),
  reads(
    'vulnerability.ts',
    ".filter(({ componentType }) => componentType === 'AWS::EC2::SecurityGroup')",
    '',
    'names the security groups on the way',
    'what is no group is taken for one',
  ),
  plans(
    'propose.ts',
    '    ...groupsOf(finding),\n',
    '',
    'are acted on with it',
    'what Inspector finds open to the world can only be told',
  ),
];
