import { shortList } from '../../account/shortList.ts';
import type { Planned, UndoPromise } from '../contract.ts';
import { type HostTarget, laterParts, mostOthers, type Observed, type Params, type Reach } from './types.ts';

export const reversal: UndoPromise = {
  possible: false,
  why: 'What an association has set or installed on a host is not taken back: State Manager keeps no state from before.',
};

/** Documents of AWS's that neither install nor reboot (their descriptions in Systems Manager). */
const harmless: readonly string[] = [
  'AWS-GatherSoftwareInventory',
  'AWS-UpdateSSMAgent',
  'AmazonCloudWatch-ManageAgent',
];

/** Documents of AWS's that patch; most of them reboot. */
const patches = /^AWS-(?:RunPatchBaseline|Patch|Install(?:Missing)?WindowsUpdates)/;

/** Of a document that somebody shares, the name within its ARN; of AWS's own, the name is the whole. */
const isPatching = ({ document, operation }: Reach): boolean => patches.test(document) && operation !== 'Scan';

/** Why it is not applied again; null where it may be. */
function leaves(reach: Reach, { documents, maxOtherHosts }: Params): string | null {
  const { name, document, automated, others } = reach;
  if (isPatching(reach))
    return `${name} installs patches and may reboot: ssm.patch-hosts does that, with the host emptied first`;
  if (automated)
    return `${name} is a runbook of Automation, which works with a role of its own and not on this host alone`;
  if (!harmless.includes(document) && !patches.test(document) && !documents.includes(document)) {
    return `${name} runs document ${document}, which may install or reboot: the rule has to name it (documents)`;
  }
  if (others === null)
    return `which other hosts ${name} is applied to cannot be read (a resource group, or other accounts)`;
  if (others.length <= maxOtherHosts) return null;
  const count = others.length >= mostOthers ? `more than ${mostOthers - 1}` : String(others.length);
  return `${name} is applied to ${count} other ${others.length === 1 ? 'host' : 'hosts'} with this one (${shortList(others)}), and the rule allows ${maxOtherHosts} (maxOtherHosts)`;
}

/** Whom it changes, because State Manager applies an association to all that it targets. */
function sentenceOf(id: string, { name, document, others }: Reach): string {
  const what = name === document ? name : `${name} (${document})`;
  return others === null || others.length === 0
    ? `Apply association ${what} again on ${id}, the only host that it targets.`
    : `Apply association ${what} again on ${id} and, because State Manager applies it to all that it targets, on ${shortList(others)}.`;
}

function remainsOf(left: readonly string[], waiting: readonly Reach[], unread: number): string | null {
  const all = [
    ...left,
    ...(waiting.length === 0
      ? []
      : [`${shortList(waiting.map(({ name }) => name))} ${waiting.length === 1 ? 'waits' : 'wait'} for another run`]),
    ...(unread === 0 ? [] : [`${unread} more that failed were not looked at`]),
  ];
  return all.length === 0 ? null : `Not applied: ${all.join('; ')}.`;
}

/** Pure: what to do about what has failed on one host. */
export function planReapply({ id }: HostTarget, params: Params, observed: Observed): Planned {
  const { ping, reaches, failed, seen } = observed;
  if (ping === null)
    return { kind: 'skip', reason: `${id} is not managed by Systems Manager, so nothing is applied to it` };
  if (ping !== 'Online') {
    const reason = `${id} does not answer Systems Manager (${ping}): what is due is applied once it does`;
    return { kind: 'skip', reason };
  }
  const due = reaches.filter((one) => failed.includes(one.id));
  if (due.length === 0)
    return { kind: 'skip', reason: `${id}: no association has failed there, or it is being applied` };
  const judged = due.map((reach) => ({ reach, why: leaves(reach, params) }));
  const left = judged.flatMap(({ why }) => why ?? []);
  const may = judged.flatMap(({ reach, why }) => (why === null ? [reach] : []));
  const [first, ...more] = may;
  if (first === undefined) {
    const reason = `${id}: ${left.join('; ')}`;
    return due.every(isPatching) ? { kind: 'skip', reason } : { kind: 'hold', reason, seen };
  }
  const later = laterParts.flatMap((part, at) => {
    const reach = more[at];
    return reach === undefined ? [] : [[part, sentenceOf(id, reach)] as const];
  });
  const apply = [first, ...more.slice(0, later.length)].map((one) => one.id);
  const unread = failed.filter((one) => !reaches.some((reach) => reach.id === one)).length;
  const remains = remainsOf(left, more.slice(later.length), unread);
  return {
    kind: 'step',
    sentence: sentenceOf(id, first),
    undo: reversal,
    chosen: { apply },
    ...(later.length === 0 ? {} : { afterwards: Object.fromEntries(later) }),
    ...(remains === null ? {} : { remains }),
  };
}
