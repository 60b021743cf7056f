import type { PlatformType } from '@aws-sdk/client-ssm';
import type { Account } from '../../../account.ts';
import { beginReboot } from '../nodes/reboot.ts';
import type { Behaviour, ManagedNode } from '../nodes/state.ts';
import { install } from '../patches/patch.ts';
import { report } from '../patches/report.ts';
import { documentNamed } from './documents.ts';
import type { Invocation, StoredCommand } from './state.ts';

/** How long what AWS does not time takes here, in seconds: from the first to the second, by the account's seed. */
const SECONDS = {
  /** A script. */
  script: [1, 5],
  /** A node looks at its patches. */
  scan: [20, 60],
  /** A node installs, and each patch more. */
  install: [60, 180],
  /** Until an invocation can be read. */
  visible: [1, 2],
  /** Until the agent has the command. */
  deliver: [0.5, 2],
  /** Until an agent that runs it has heard that it is cancelled. */
  cancel: [1, 4],
} as const;

/** Milliseconds. */
export function millisecondsFor(account: Account, what: keyof typeof SECONDS): number {
  const [least, most] = SECONDS[what];
  return Math.round((least + account.random.next() * (most - least)) * 1000);
}

const SECONDS_A_PATCH = 10;

const first = (command: StoredCommand, name: string): string | undefined => command.parameters[name]?.[0];

/** What the account file says of this command on this node; nothing: it does what such a thing does. */
export function behaviourOf(node: ManagedNode, command: StoredCommand): Behaviour | undefined {
  const script = (command.parameters['commands'] ?? []).join('\n');
  return node.behaviours.find(
    (each) =>
      (each.document === undefined || each.document === command.documentName) &&
      (each.script === undefined || script.includes(each.script)),
  );
}

/** Milliseconds that the node works on it, without a reboot. */
export function workMilliseconds(account: Account, node: ManagedNode, command: StoredCommand): number {
  const said = behaviourOf(node, command)?.seconds;
  if (said !== undefined) return said * 1000;
  if (!documentNamed(command.documentName).isPatching) return millisecondsFor(account, 'script');
  if (first(command, 'Operation') === 'Scan') return millisecondsFor(account, 'scan');
  const missing = [...node.patches.values()].filter(({ state }) => state === 'Missing').length;
  return millisecondsFor(account, 'install') + missing * SECONDS_A_PATCH * 1000;
}

/** What the node did: how it ended, or how many milliseconds the reboot takes that comes first. */
export type Done =
  | { readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly rebootMilliseconds: number };

/** With this exit code a script asks for a reboot, and to be run again after it (user guide, "Handling reboots when running commands"). */
const REBOOT: Readonly<Partial<Record<PlatformType, number>>> = { Linux: 194, MacOS: 194, Windows: 3010 };

const wroteOf = (said: Behaviour | undefined) => ({ stdout: said?.stdout ?? '', stderr: said?.stderr ?? '' });

/** The node is up again: a script that asked for it runs to its end now, a patch operation reports. */
export function afterReboot(account: Account, node: ManagedNode, command: StoredCommand, invocation: Invocation): Done {
  if (documentNamed(command.documentName).isPatching) return reported(account, node, command, invocation);
  return { exitCode: 0, ...wroteOf(behaviourOf(node, command)) };
}

/** The node has worked on it to its end. */
export function work(account: Account, node: ManagedNode, command: StoredCommand, invocation: Invocation): Done {
  const said = behaviourOf(node, command);
  const wrote = wroteOf(said);
  if (!documentNamed(command.documentName).isPatching) {
    if (said?.exitCode === REBOOT[node.platform.type]) return { rebootMilliseconds: beginReboot(account, node) };
    return { exitCode: said?.exitCode ?? 0, ...wrote };
  }
  // It failed before it came to the patches: nothing is installed, and nothing reported.
  if (said?.exitCode !== undefined && said.exitCode !== 0) return { exitCode: said.exitCode, ...wrote };
  if (first(command, 'Operation') === 'Install') {
    const { pending } = install(node.patches, account.clock.now());
    // "The system is rebooted even if the patch doesn't require a reboot" (AWS-RunPatchBaseline, RebootOption).
    if (pending > 0 && first(command, 'RebootOption') !== 'NoReboot') {
      return { rebootMilliseconds: beginReboot(account, node) };
    }
  }
  return reported(account, node, command, invocation);
}

/** The node reports its patches. A patch that failed fails the command. */
function reported(account: Account, node: ManagedNode, command: StoredCommand, invocation: Invocation): Done {
  const operation = first(command, 'Operation') === 'Install' ? 'Install' : 'Scan';
  report(account, node, {
    operation,
    startedAt: invocation.startedAt ?? account.clock.now(),
    snapshotId: first(command, 'SnapshotId') ?? account.random.uuid(),
    ...(operation === 'Install'
      ? { rebootOption: first(command, 'RebootOption') === 'NoReboot' ? 'NoReboot' : 'RebootIfNeeded' }
      : {}),
    commandId: command.id,
    documentName: command.documentName,
  });
  const failed = [...node.patches.values()].filter(({ state }) => state === 'Failed').map(({ id }) => id);
  const said = behaviourOf(node, command);
  const hasFailed = operation === 'Install' && failed.length > 0;
  return {
    exitCode: hasFailed ? 1 : 0,
    stdout: said?.stdout ?? `Operation ${operation} on ${node.id}: ${node.patches.size} patches reported.\n`,
    stderr: said?.stderr ?? (hasFailed ? `Could not install ${failed.join(', ')}\n` : ''),
  };
}
