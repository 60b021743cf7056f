import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const folder = 'shared/actions/reapplyAssociation/';
const planned = provenBy('test/actions/reapplyAssociation.test.ts', folder);
const seen = provenBy('test/actions/reapplyAssociationObserve.test.ts', folder);
const back = provenBy('test/actions/reapplyAssociationBack.test.ts', folder);

/** What keeps an association from being applied where nobody asked for it, twice, or only in our belief. */
export const associationChecks: readonly RemovedCheck[] = [
  planned(
    'plan.ts',
    'if (isPatching(reach))',
    'if (isPatching(reach) && reach.automated)',
    'to the action that patches',
    'a host with tasks is patched and rebooted, because State Manager could not do so',
  ),
  planned(
    'plan.ts',
    "&& operation !== 'Scan'",
    "&& operation === 'Install'",
    'to the action that patches',
    'a document that installs without being told to is applied, and reboots',
  ),
  planned(
    'plan.ts',
    '!documents.includes(document)',
    'documents.length > 10',
    'a document that nobody named',
    'whoever may edit an association has it run by us on the host',
  ),
  planned(
    'plan.ts',
    'if (automated)',
    'if (automated && others === null)',
    'a runbook',
    'a runbook with a role of its own is started by a finding',
  ),
  planned(
    'plan.ts',
    'if (others.length <= maxOtherHosts) return null;',
    'if (others.length <= 50) return null;',
    'more other hosts than the rule allows',
    'an association is applied to hosts of which nobody has heard',
  ),
  planned(
    'plan.ts',
    'if (others === null)',
    'if (others === null && maxOtherHosts > 50)',
    'hosts that cannot be known',
    'an association is applied to a resource group, or in other accounts',
  ),
  planned(
    'plan.ts',
    "if (ping !== 'Online')",
    "if (ping === 'Offline')",
    'on a host whose agent is',
    'a step waits for a host that does not answer, and is told as failed',
  ),
  planned(
    'permissions.ts',
    'if (!idShape.test(id))',
    "if (id === '**')",
    'are none for the association',
    'a session may start every association of the account',
  ),
  seen(
    'reads.ts',
    "ids.includes('*') ? await readNodes(read, []) : ids",
    'ids',
    'every host',
    'an association of every host counts as one of this host alone',
  ),
  seen(
    'reads.ts',
    'if (TargetLocations.length + TargetMaps.length > 0) return null;',
    '',
    'of other accounts',
    'an association of other accounts counts as one of this host alone',
  ),
  seen(
    'reads.ts',
    'return Targets.every(isOfTag) ? besides(await readNodes(read, Targets)) : null;',
    'return besides(await readNodes(read, Targets));',
    'a resource group',
    'an association of a resource group counts as one of this host alone',
  ),
  seen(
    'reads.ts',
    ' && found.length <= mostOthers',
    '',
    'no more hosts than show',
    'every host of a large account is listed for each finding',
  ),
  seen(
    'reads.ts',
    "if (failureOf(error)?.name === 'AssociationDoesNotExist') return undefined;",
    '',
    'deleted meanwhile',
    'an association that somebody deletes meanwhile fails the whole incident',
  ),
  seen(
    'observe.ts',
    '...(chosenShape.safeParse(chosen).data?.apply ?? []), ',
    '',
    'what the plan has chosen, too',
    'the second of two is never applied: that the first succeeded makes the plan stale',
  ),
  back(
    'changes.ts',
    'if (begun.length === 0) ',
    '',
    'once more after a crash only',
    'a crash at the wrong moment applies it twice',
  ),
  back(
    'changes.ts',
    'const isNew = (now?.ExecutionDate?.getTime() ?? 0) >= secondOf(since);',
    'const isNew = since.length > 0;',
    'waits where',
    'what the host said before it was applied again counts as success',
  ),
  back(
    'changes.ts',
    "now?.Status === 'Success' && isNew",
    'isNew',
    'waits where',
    'a host that still stands as failed is told as mended',
  ),
  back(
    'reads.ts',
    '.filter((one) => at(one) >= secondOf(since))',
    '',
    'waits where',
    'an execution of before is taken for ours, and told as success',
  ),
  back(
    'reads.ts',
    '.toSorted((a, b) => at(b) - at(a))',
    '',
    'goes by the newest execution',
    'an older execution decides, because AWS listed it first',
  ),
  back(
    'changes.ts',
    'if (on === undefined && !isGoingOn(execution.Status))',
    'if (on?.ResourceId === null)',
    'is broken where',
    'a host that is no target any more is waited for until the step gives up',
  ),
];
