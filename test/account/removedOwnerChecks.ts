import { provenBy } from '../removedCheck.ts';

const ofEcs = provenBy('test/account/ecsOwner.test.ts', 'shared/account/');
const ofPlans = provenBy('test/plan/owner.test.ts', 'shared/plan/');
const ofTeams = provenBy('test/plan/team.test.ts', 'shared/plan/');
const ofTasks = provenBy('test/actions/stopTasks.test.ts', 'shared/actions/');
const ofServices = provenBy('test/actions/containServiceProtected.test.ts', 'shared/actions/');

/** Somebody is woken whoever tagged what, nobody who is inside says whom; and a cluster that may be protected counts as that. */
export const ownerChecks = [
  ofEcs(
    'ecsOwner.ts',
    'if (failure === null || mayPass(failure)) throw error;\n    return `the tags of',
    'if (failure !== null) return null;\n    return `the tags of',
    'cannot be read',
    'a service is taken down that its cluster may protect',
  ),
  ofEcs(
    'ecsOwner.ts',
    'return { owner: null, foundBy: why, protectedBy: why };',
    'return { owner: null, foundBy: why, protectedBy: null };',
    'does not know it',
    'a cluster that is not shown passes for one that protects nothing',
  ),
  ofEcs(
    'ecsOwner.ts',
    'if (failure === null || mayPass(failure)) throw error;',
    'if (failure === null) throw error;',
    'a little later',
    'what AWS throttles waits for a person, though asking again is all that it takes',
  ),
  ofEcs(
    'ecsOwner.ts',
    'if (failureOf(error) === null) throw error;\n    unread.push',
    'throw error;\n    unread.push',
    'nobody’s, where the cluster may not be read',
    'nobody is told of what runs in a cluster that cannot be read',
  ),
  ofEcs(
    'ecsOwner.ts',
    "if (definitions.unread) unread.push('the task definition');\n",
    '',
    'where neither could',
    'a page says nothing of the place where its owner may have stood',
  ),
  ofPlans(
    'owner.ts',
    'const byOthers = own.filter((owner) => !isOfTask(owner));',
    'const byOthers = own;',
    'the task’s own last',
    'what runs in a task sends the page elsewhere by a tag',
  ),
  ofTeams(
    'team.ts',
    ' && !isOfTask(plan.owner)',
    '',
    'before what a task says of itself',
    'what runs in a task sends the page to another team than the settings do',
  ),
  ofTeams(
    'team.ts',
    'isKnown && (isOwnTag(plan.owner) || ',
    'isKnown && (true || ',
    'nobody that a team knows',
    'a tag of the whole cluster that means no team takes the page from the team that the settings name',
  ),
  provenBy('test/respond/ownerBefore.test.ts', 'shared/respond/')(
    'ownerBefore.ts',
    'return isKnownOwner(owner) ? { ...back, owner } : back;',
    'return owner.length > 999 ? { ...back, owner } : back;',
    'whose the containment was',
    'the team that was woken never hears that it was undone',
  ),
  ofTasks(
    'stopTask.ts',
    'isOurs ? await clusterProtection(read, target.cluster) : null',
    'null',
    'is protected, of a service or of none',
    'a task of a protected cluster is stopped without a person',
  ),
  ofServices(
    'containService/observe.ts',
    ' ?? (await clusterProtection(read, cluster))',
    '',
    'by the tag of its cluster',
    'a service of a protected cluster is taken back without a person',
  ),
];
