import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const told = provenBy('test/respond/inventoryEvents.test.ts', 'shared/respond/');
const run = provenBy('test/respond/inventory.test.ts', 'shared/respond/');
const verdict = provenBy('test/plan/gate/running.test.ts', 'shared/plan/gate/');
const finding = provenBy('test/finding/runningImage.test.ts', 'shared/finding/');
const account = provenBy('test/account/runningImages.test.ts', 'shared/account/');
const bus = provenBy('test/platform/events.test.ts', 'shared/platform/');

/** What could not be read is neither refused nor clean, and whoever turns a policy on hears of it once. */
export const inventoryChecks: readonly RemovedCheck[] = [
  told(
    'inventoryEvents.ts',
    '(refusal) => !unknown.has(refusal) && !refused.has(refusal)',
    '(refusal) => !refused.has(refusal)',
    'is not over because it could not be told',
    'what cannot be read today passes for mended',
  ),
  told(
    'inventoryEvents.ts',
    'const isMany = fresh + waiting.length > mostAtOnce || after.size > mostTold;',
    'const isMany = after.size > mostTold;',
    'is one event about all',
    'whoever turns a policy on gets hundreds of messages',
  ),
  told(
    'inventoryEvents.ts',
    'fresh + waiting.length > mostAtOnce',
    'waiting.length > mostAtOnce',
    'counts what was new in earlier runs',
    'a pass of several runs tells twenty in each of them',
  ),
  told(
    'inventoryEvents.ts',
    '.slice(0, mostTold)',
    '',
    'is remembered of a thousand',
    'what is remembered does not fit into an item, and nothing is noted any more',
  ),
  told(
    'inventoryEvents.ts',
    'if (!isWhole) return { events: [], told };',
    '',
    'is not over where not all could be read',
    'an account that cannot be read passes for one in which nothing runs',
  ),
  told(
    'inventoryEvents.ts',
    'const missedUntilGone = 2;',
    'const missedUntilGone = 1;',
    'is over after two passes',
    'a job between two runs is told as mended, and again as news',
  ),
  run(
    'inventory.ts',
    'if (clock.now().getTime() - began.getTime() >= effects.mostMs) break;',
    '',
    'stops when its time is over',
    'a run that is cut off notes nothing, and the next begins anew',
  ),
  run(
    'inventory.ts',
    'todo.slice(0, mostImages)',
    'todo',
    'no more than five hundred',
    'a run makes as many calls as there are images',
  ),
  run(
    'inventory.ts',
    'const isOver = judged.length === todo.length;',
    'const isOver = true;',
    'goes on where it stopped',
    'what one run does not come to is never looked at',
  ),
  run(
    'inventory.ts',
    'if (policy === undefined) return off(effects, record);',
    'if (policy === undefined) return off(effects, undefined);',
    'takes back what it told',
    'what nobody wants any more stays refused for ever',
  ),
  run(
    'inventory.ts',
    'tellGone(telling.told, names, running.unread.length === 0)',
    'tellGone(telling.told, names, true)',
    'takes nothing back because',
    'a denied list passes for nothing that runs',
  ),
  verdict(
    'running.ts',
    "level === 'block' && !isAway && !(mayPass && isNew)",
    "level === 'block' && !(mayPass && isNew)",
    'that is archived was dealt with',
    'what we archived comes back as news of ours',
  ),
  verdict(
    'running.ts',
    ' && !(mayPass && isNew)',
    '',
    'that was pushed this hour',
    'an image whose scan is under way is refused',
  ),
  verdict(
    'running.ts',
    "(refusal === 'unscanned' && isScanUnread(asked))",
    'false',
    'is neither refused nor clean',
    'a scan that could not be read passes for a clean one',
  ),
  verdict(
    'running.ts',
    'reasons.some((one) => isUnclear(one, counts))',
    'false',
    'and not for the rest',
    'a signature that could not be read passes for a good one',
  ),
  verdict(
    'running.ts',
    'const settings = { ...given.set.settings, observeOnly: false };',
    'const settings = given.set.settings;',
    'is refused though nothing is enforced',
    'who observes first hears of nothing',
  ),
  verdict(
    'region.ts',
    'if (region === runsIn) return',
    "if (region !== '') return",
    'blocks an image of another Region',
    'an image of another Region passes the gate',
  ),
  verdict(
    'region.ts',
    'if (runsIn === null) {',
    'if (runsIn === undefined) {',
    'cannot tell where nobody says',
    'an image is blocked because nobody said where it is to run',
  ),
  finding(
    'runningImage.ts',
    'if (account !== envelope.account || region !== envelope.region) {',
    'if (account === null || region === null) {',
    'that lies elsewhere is told',
    'an image of another Region is looked for where nothing runs it, and archived as not in use',
  ),
  finding(
    'runningImage.ts',
    'source === inventorySource && type === inventoryType',
    'type === inventoryType',
    'from our own inventory alone',
    'anybody who may send events of whatever source accuses images',
  ),
  account(
    'runningImages.ts',
    "if (lastStatus !== 'RUNNING') return;",
    '',
    'that does not run yet',
    'an image that nothing runs any more is told as running',
  ),
  account(
    'runningImages.ts',
    'const digest = resolved !== null && isDigest(resolved, ecr !== null) ? resolved : parsed.digest;',
    'const digest = parsed.digest;',
    'whatever the tag points to by now',
    'another image is judged than the one that runs',
  ),
  account(
    'reference.ts',
    '  if (ecr !== null && digest !== null && !isDigest(digest, true)) return null;\n',
    '',
    'of a name that is none',
    'a digest that Amazon ECR never has is asked of it',
  ),
  account(
    'runningImages.ts',
    "add(collected, image === '' ? '(no name)' : bounded(image, longestUnread), null, by);",
    '',
    'of a name that is none',
    'who writes a name that nobody can read runs what is never told',
  ),
  verdict(
    'running.ts',
    'settings.images?.registries === undefined ? [] : [refused]',
    '[]',
    'whose name nobody can read',
    'a name that nobody can read passes for one of an approved registry',
  ),
  bus(
    'events.ts',
    'failed.push(...part.filter((_, n) => Entries[n]?.EventId === undefined));',
    '',
    'that were not taken',
    'an event that EventBridge did not take is noted as told',
  ),
];
