import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const check = provenBy('test/actions/isolateHost.test.ts', 'shared/actions/');
const step = provenBy('test/actions/isolateHostSteps.test.ts', 'shared/actions/');
const changes = 'isolateHost/changes.ts';
const groups = 'isolateHost/groups.ts';
const interfaces = 'isolateHost/interfaces.ts';
const permissions = 'isolateHost/permissions.ts';
const plan = 'isolateHost/plan.ts';
const observes = 'isolateHost/observe.ts';
const standby = 'isolateHost/standby.ts';
const verifies = 'isolateHost/verify.ts';

/** What keeps a host from being left open, from being told as cut off while it is not, and from losing what it was. */
export const isolateChecks: readonly RemovedCheck[] = [
  step(
    changes,
    'const closed = await close(context, id, chosen);',
    'const closed = ofEach(chosen, await groupsIn(context, id, chosen, closedName(id)));',
    'begin with closing when Act died at change 3',
    'a host that was open when Act died is opened again before it is closed',
  ),
  step(
    changes,
    "if (groups.every(isCut)) return 'ended before';",
    '',
    'are not taken again',
    'a host that is isolated is opened again with every repeat',
  ),
  step(
    changes,
    'for (const group of groups.values()) if (!isCut(group)) await shut',
    'for (const group of groups.values()) await shut',
    'leave a rule that somebody gave the closed group',
    'the way that somebody opened to look into the host is closed over and over',
  ),
  step(
    changes,
    'await tried(shutAll);',
    '',
    'close again where the opening is refused',
    'a group that lets everything in is left behind',
  ),
  check(
    changes,
    'if (!(error instanceof ActionFailed || error instanceof Throttled)) throw error;\n      standsNot = error;',
    'throw error;',
    'does not keep the network open',
    'an intruder stays on the network because a group has not let its host stand by',
  ),
  check(
    changes,
    'if (standsNot !== undefined) throw standsWhy',
    'if (id === undefined) throw standsWhy',
    'does not keep the network open',
    'nobody hears that the host may be terminated with all that it knows',
  ),
  step(
    interfaces,
    'await shutOr(instance, shut, error);',
    'throw error;',
    'say that the host is open where both ways back',
    'nobody hears that a host is open',
  ),
  step(
    interfaces,
    'if (!shown.every((one) => isOpened(one, instance)))',
    "if (instance === '')",
    'are taken again, where EC2 does not show that it was opened',
    'connections are told as ended that were never opened to be ended',
  ),
  step(
    interfaces,
    "errors.push(namedFailure(error, `Putting ${NetworkInterfaceId} into ${Groups.join(', ')}`));",
    "throw namedFailure(error, `Putting ${NetworkInterfaceId} into ${Groups.join(', ')}`);",
    'one interface more is closed though another is refused',
    'one interface that is refused keeps all others open',
  ),
  step(
    interfaces,
    '  } catch (error) {\n    failed = error;\n  }',
    '  } catch (error) {\n    throw error;\n  }',
    'close again where it cannot be read',
    'a host stays open because it could not be seen to be open',
  ),
  step(
    groups,
    'if (isOurs(found, instance)) return found;',
    'return found;',
    'are not begun where a group of that name is not ours',
    'a host is put into a group of somebody who chose its name',
  ),
  step(
    groups,
    "if (failureOf(error)?.name !== 'InvalidGroup.Duplicate') throw error;",
    'if (error !== null) throw error;',
    'wait for a group that was made a moment ago',
    'a host is not cut off because a list of groups lags behind',
  ),
  check(
    permissions,
    'if (ids[kind].test(id)) return id;',
    'if (id !== undefined) return id;',
    'are given on nothing but ids and names: not on a VPC',
    'what EC2 answers widens the policy of a step',
  ),
  check(
    permissions,
    'if (/^[^*?$:\\p{Cc}]{1,255}$/u.test(name)) return name;',
    'if (name !== undefined) return name;',
    'not on a name that is a wildcard',
    'the name of a group widens the policy of a step to all groups',
  ),
  check(
    permissions,
    "given === undefined ? ['StringLike', 'i-*'] : ['StringEquals', target.id]",
    "['StringLike', 'i-*']",
    'reach no group of another host',
    'a step can open what isolates another host',
  ),
  check(
    plan,
    'if (operator !== null) return',
    "if (operator === '') return",
    'is to ask a person where nobody else may change it',
    'a host that AWS manages is told as cut off in vain',
  ),
  check(
    plan,
    'if (Object.keys(interfaces).length === 0) return',
    "if (id === '') return",
    'there is nothing that could be changed',
    'a host whose network is not known is told as cut off',
  ),
  check(
    observes,
    ', ...earlier?.order',
    '',
    'ours wherever it is on the way',
    'an undo after a crash puts a host back into the group without rules',
  ),
  check(
    observes,
    'serves: earlier?.serves ?? ',
    'serves: ',
    'is what there was at the beginning, once begun',
    'an undo after a crash leaves a host out of service',
  ),
  check(
    observes,
    'known === undefined || Object.hasOwn(known, one.id)',
    'known !== null',
    'an interface that came later was taken from nothing',
    'a host stays half isolated because an interface came in between',
  ),
  check(
    standby,
    "if (way === 'leave' && before.lifecycle === 'EnteringStandby') throw",
    "if (way === 'leave' && before.lifecycle === '') throw",
    'ends with an undo, once it is there',
    'an undo gives up on a host that is out of service in a minute',
  ),
  check(
    verifies,
    'if (!isClosed(one, id)) return [where(one)];',
    '',
    'finds an interface that came later',
    'a host with an open interface is told as cut off',
  ),
  check(
    verifies,
    'if (theirs.length > 0) wrong.push',
    'if (theirs.length < 0) wrong.push',
    'one of a task',
    'a host that still has the network of a task is told as cut off',
  ),
  check(
    verifies,
    'if (mine.length === 0) wrong.push',
    'if (mine.length < 0) wrong.push',
    'finds an interface that came later',
    'a host of which nothing was read is told as cut off',
  ),
  step(
    verifies,
    'if (rulesOf(group) > 0) return',
    'if (rulesOf(group) < 0) return',
    'leave a rule that somebody gave the closed group',
    'a host that can be reached is told as cut off',
  ),
  step(
    verifies,
    'return isCut(group) ? []',
    'return isCut(group) || !isCut(group) ? []',
    'are taken again, where EC2 does not show that it was opened',
    'connections that go on are told as ended',
  ),
  check(
    verifies,
    'group === undefined || !isOurs(group, id)',
    'group === undefined',
    'finds an interface that came later',
    'a group of somebody else is told as what isolates the host',
  ),
  check(
    verifies,
    'other.length === 0 && serves ?',
    'other.length === 0 ?',
    'ends with an undo, once it is there',
    'an undo is told as done while the host is out of service',
  ),
  check(
    'isolateHost/verify.ts',
    'const partlyGone = attached.length < Object.keys(before.groups).length;',
    'const partlyGone = false;',
    'goes on where an interface is gone',
    'an undo of a host that has lost an interface is told as if all were back',
  ),
];
