import type { ScanFrequency, ScanType } from '@aws-sdk/client-ecr';
import * as z from 'zod';
import { namedFailure } from '../../account/awsFailure.ts';
import { ownerText } from '../../account/owner.ts';
import { readsWith } from '../../account/reads.ts';
import type { JsonObject } from '../../platform/json.ts';
import { type ChangingCall, textAt } from '../changingCall.ts';
import {
  type ActContext,
  defineAction,
  type Executed,
  type Planned,
  type ReadContext,
  type UndoPromise,
  type Verified,
} from '../contract.ts';
import { fixFacts } from '../facts.ts';
import { onRepository, ownershipOf, type RepositoryTarget, readRepository } from '../targets/repositoryTarget.ts';
import {
  changeRegistry,
  changesRegistry,
  filterOf,
  frequenciesOf,
  type Room,
  readRegistry,
  readsRegistry,
  registryOf,
  roomsOf,
  whyNoRoom,
  withFilter,
  withoutFilter,
} from './registryScanning.ts';

const frequencies = ['SCAN_ON_PUSH', 'CONTINUOUS_SCAN'] as const;
const params = z.strictObject({ enhanced: z.enum(frequencies).default('SCAN_ON_PUSH') });
type Params = z.infer<typeof params>;

/** Where it is switched on: at the repository itself, or in the rules of its registry. */
const chosenShape = z.discriminatedUnion('at', [
  z.object({ at: z.literal('repository') }),
  z.object({ at: z.literal('registry'), filter: z.string(), frequency: z.enum(frequencies) }),
]);
type Chosen = z.infer<typeof chosenShape>;

/** What a repository says itself. */
const own = 'scanOnPush';

/** What `ecr.enable-scanning` reads of its target. */
type Observed = {
  readonly scanType: ScanType;
  /** The registry has rules, or enhanced scanning, which knows nothing but rules: what the repository says itself does not count. */
  readonly byRegistry: boolean;
  /** What has it scanned where that counts: `scanOnPush`, or the frequencies of the rules that hold our filter. Of what stands: where it was switched on. */
  readonly scannedBy: readonly string[];
  /** How often it is scanned, as ECR says. */
  readonly frequency: ScanFrequency;
  readonly rooms: readonly Room[];
  readonly protectedBy: string | null;
  readonly owner: string;
  readonly seen: readonly string[];
};

const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo has the repository scanned as before: it takes our filter out of the rules of the registry and leaves what else is there; what was found by then stays found.',
};

/** Has a repository scanned again by itself, without touching how any other one is. */
export const enableScanning = defineAction<Params, Observed, 'ecr-repository'>({
  name: 'ecr.enable-scanning',
  summary: 'Have what is pushed into a repository scanned',
  targets: ['ecr-repository'],
  params,
  example: '- ecr.enable-scanning: { enhanced: CONTINUOUS_SCAN }',
  permissions: (target, chosen) => ({
    write: writesFor(target, chosen),
    read: [
      ...onRepository(
        target,
        'ecr:DescribeRepositories',
        'ecr:ListTagsForResource',
        'ecr:BatchGetRepositoryScanningConfiguration',
      ),
      readsRegistry,
    ],
  }),
  facts: fixFacts,
  decisive: ['protectedBy', 'scanType', 'byRegistry'],
  restores: ['scannedBy'],
  volatile: ['frequency', 'rooms', 'owner', 'seen'],
  reversal,
  limits: [
    'With basic scanning, what was pushed before is not scanned by this.',
    'Enhanced scanning is not switched on by it: a registry goes on with the kind of scanning that it has.',
    'Where the registry has rules, it adds one filter with a wildcard in the middle of the name (`shop/bask*et-api`): ECR has no exact one, and takes a plain name for every name that it is a part of. A name that begins and ends alike is scanned, too.',
    'A registry takes two rules of 100 filters each: where there is no room, nothing is changed, and a person has to make some.',
    'ECR has no version of the rules to write against: what somebody else writes between our reading and our writing, some milliseconds, is lost.',
    'With enhanced scanning, ECR reports an undo as scanning that was switched off: it is held to the undo, and told once more.',
  ],
  timeoutSeconds: 330,
  observe: observeScanning,
  plan: planScanning,
  // Rules are written as a whole: of two repositories at once, one would be lost.
  turn: (target, { byRegistry }) => (byRegistry ? registryOf(target) : null),
  changedBy: scanningCalls,
  intended: (_target, _params, { scannedBy }, chosen) => {
    const { success, data } = chosenShape.safeParse(chosen);
    if (!success) return { scannedBy };
    const by = data.at === 'repository' ? own : data.frequency;
    return { scannedBy: [...new Set([...scannedBy, by])].toSorted() };
  },
  execute: switchOn,
  verify: verifyOn,
  undo: switchBack,
  verifyUndone: verifyBack,
});

function writesFor(target: RepositoryTarget, chosen: JsonObject | undefined) {
  const ofItself = onRepository(target, 'ecr:PutImageScanningConfiguration');
  if (chosen === undefined) return [...ofItself, changesRegistry];
  return chosenShape.parse(chosen).at === 'repository' ? ofItself : [changesRegistry];
}

/** Whoever wrote the rules without our filter, or changed what the repository says itself. */
function scanningCalls({ repository }: RepositoryTarget): readonly ChangingCall[] {
  const eventSource = 'ecr.amazonaws.com';
  const ours = JSON.stringify(filterOf(repository));
  return [
    {
      ...{ eventName: 'PutImageScanningConfiguration', eventSource },
      isOn: (asked) => textAt(asked, 'repositoryName') === repository,
    },
    {
      ...{ eventName: 'PutRegistryScanningConfiguration', eventSource },
      isOn: (asked) => !JSON.stringify(asked).includes(ours),
    },
  ];
}

async function readFrequency(target: RepositoryTarget, context: ReadContext): Promise<ScanFrequency> {
  const read = readsWith(context.aws);
  try {
    const { client, BatchGetRepositoryScanningConfigurationCommand } = await read.aws.ecr();
    const input = { repositoryNames: [target.repository] };
    const answer = await client.send(new BatchGetRepositoryScanningConfigurationCommand(input), read.call);
    return answer.scanningConfigurations?.[0]?.scanFrequency ?? 'MANUAL';
  } catch (error) {
    throw namedFailure(error, `Reading how ${target.repository} is scanned`);
  }
}

async function readScanning(target: RepositoryTarget, context: ReadContext) {
  const { imageScanningConfiguration } = await readRepository(target, context);
  const registry = await readRegistry(target, context);
  const frequency = await readFrequency(target, context);
  const byRegistry = registry.scanType === 'ENHANCED' || registry.rules.length > 0;
  const onPush = imageScanningConfiguration?.scanOnPush === true;
  return { registry, byRegistry, onPush, frequency };
}

async function observeScanning(target: RepositoryTarget, _params: Params, context: ReadContext): Promise<Observed> {
  const { registry, byRegistry, onPush, frequency } = await readScanning(target, context);
  const ownership = await ownershipOf(target, context);
  // What stands was switched on where it counted then.
  const at = context.chosen === undefined ? undefined : chosenShape.parse(context.chosen).at;
  const ofItself = at === undefined ? !byRegistry : at === 'repository';
  return {
    scanType: registry.scanType,
    byRegistry,
    scannedBy: ofItself ? (onPush ? [own] : []) : frequenciesOf(registry, filterOf(target.repository)),
    frequency,
    rooms: roomsOf(registry),
    protectedBy: ownership.protectedBy,
    owner: ownerText(ownership),
    seen: [`repository ${target.repository} is scanned ${told(frequency)}, by ${registry.scanType} scanning`],
  };
}

const told = (frequency: ScanFrequency): string => (frequency === 'MANUAL' ? 'by hand alone' : frequency);

function planScanning(target: RepositoryTarget, { enhanced }: Params, observed: Observed): Planned {
  const { repository } = target;
  const { scanType, byRegistry, scannedBy, frequency, rooms, seen } = observed;
  if (frequency !== 'MANUAL' || scannedBy.includes(own)) {
    const how = byRegistry ? told(frequency) : 'SCAN_ON_PUSH';
    return { kind: 'skip', reason: `${repository} is scanned already: ${how}, by ${scanType} scanning` };
  }
  const step = (sentence: string, chosen: Chosen): Planned => ({
    ...{ kind: 'step', sentence, undo: reversal, chosen },
    ...(scanType === 'BASIC' ? { remains: `What was pushed into ${repository} before is not scanned by this.` } : {}),
  });
  if (!byRegistry) return step(`Have what is pushed into repository ${repository} scanned.`, { at: 'repository' });
  const wanted = scanType === 'BASIC' ? 'SCAN_ON_PUSH' : enhanced;
  const filter = filterOf(repository);
  const hold = (why: string): Planned => ({
    ...{ kind: 'hold', seen },
    reason: `${repository} is scanned by the rules of its registry, and ${why}: a person has to change them.`,
  });
  if (filter === null) return hold('its name is too long for a filter of its own');
  if (scannedBy.includes(wanted)) return hold(`they name it (${filter}, ${wanted}), and ECR scans it by hand alone`);
  const full = whyNoRoom(rooms, wanted);
  if (full !== undefined) return hold(full);
  const sentence = `Have what is pushed into repository ${repository} scanned: the filter ${filter} is added to the ${wanted} rule of the registry's ${scanType} scanning, and all that is there stays.`;
  return step(sentence, { at: 'registry', filter, frequency: wanted });
}

async function putOwn(target: RepositoryTarget, scanOnPush: boolean, context: ActContext): Promise<void> {
  const read = readsWith(context.aws);
  try {
    const { client, PutImageScanningConfigurationCommand } = await read.aws.ecr();
    const { account: registryId, repository: repositoryName } = target;
    const input = { registryId, repositoryName, imageScanningConfiguration: { scanOnPush } };
    await client.send(new PutImageScanningConfigurationCommand(input), read.call);
  } catch (error) {
    throw namedFailure(error, `Setting scanOnPush of ${target.repository}`);
  }
}

async function switchOn(
  target: RepositoryTarget,
  _params: Params,
  _before: Observed,
  context: ActContext,
): Promise<Executed> {
  const chosen = chosenShape.parse(context.chosen);
  if (chosen.at === 'repository') await putOwn(target, true, context);
  else await changeRegistry(target, context, (now) => withFilter(now, chosen.filter, chosen.frequency));
  return { kind: 'done', did: `ECR is asked to scan what is pushed into ${target.repository}` };
}

/** ECR does not say how soon its reads follow its writes: another value is not there yet. */
async function verifyOn(
  target: RepositoryTarget,
  _params: Params,
  _before: Observed,
  context: ReadContext,
): Promise<Verified> {
  const chosen = chosenShape.parse(context.chosen);
  const { registry, onPush, frequency } = await readScanning(target, context);
  const isOn =
    chosen.at === 'repository'
      ? onPush
      : frequency !== 'MANUAL' && frequenciesOf(registry, chosen.filter).includes(chosen.frequency);
  const seen =
    chosen.at === 'repository'
      ? `scanOnPush of ${target.repository} is ${onPush}`
      : `${target.repository} is scanned ${told(frequency)}, by ${registry.scanType} scanning`;
  return { state: isOn ? 'holds' : 'pending', seen, absence: false };
}

async function switchBack(
  target: RepositoryTarget,
  _params: Params,
  before: Observed,
  context: ActContext,
): Promise<Executed> {
  const chosen = chosenShape.parse(context.chosen);
  if (chosen.at === 'repository') {
    await putOwn(target, before.scannedBy.includes(own), context);
    return { kind: 'done', did: `scanOnPush of ${target.repository} is asked to be as it was` };
  }
  const { filter, frequency } = chosen;
  const madeTheRule = !before.rooms.some((room) => room.frequency === frequency);
  await changeRegistry(target, context, (now) => withoutFilter(now, filter, frequency, madeTheRule));
  return { kind: 'done', did: `the filter ${filter} is asked to go from the rules of the registry` };
}

async function verifyBack(
  target: RepositoryTarget,
  _params: Params,
  before: Observed,
  context: ReadContext,
): Promise<Verified> {
  const chosen = chosenShape.parse(context.chosen);
  if (chosen.at === 'repository') {
    const { onPush } = await readScanning(target, context);
    const state = onPush === before.scannedBy.includes(own) ? ('holds' as const) : ('pending' as const);
    return { state, seen: `scanOnPush of ${target.repository} is ${onPush}`, absence: false };
  }
  const { filter, frequency } = chosen;
  const isThere = frequenciesOf(await readRegistry(target, context), filter).includes(frequency);
  const seen = `the ${frequency} rule of the registry ${isThere ? 'names' : 'does not name'} ${filter}`;
  return { state: isThere ? 'pending' : 'holds', seen, absence: false };
}
