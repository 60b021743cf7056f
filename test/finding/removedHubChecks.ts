import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const folder = 'shared/finding/hubFinding/';
const own = provenBy('test/finding/hubFinding.test.ts', folder);
const image = provenBy('test/finding/hubImage.test.ts', folder);
const ocsf = provenBy('test/finding/hubOcsf.test.ts', folder);
const relayed = provenBy('test/finding/hubRelayed.test.ts', folder);
const action = provenBy('test/finding/hubAction.test.ts', folder);
const ways = provenBy('test/incident/ways.test.ts', 'shared/incident/');

/** What Security Hub passes on: whose it is, what may be acted on, and that one signal by two ways is one finding. */
export const hubChecks: readonly RemovedCheck[] = [
  image(
    ...['imageName.ts', 'if (owner !== account) return { ...at, image: null };', ''],
    ...['in another account', 'an import has an image archived that bears the name of one of ours'],
  ),
  relayed(
    ...['inspector.ts', '          exploitabilityDetails: { lastKnownExploitAt: vulnerability.exploited?.at },\n', ''],
    ...['a vulnerability of an image is the very same finding', 'one signal by two ways is two findings'],
  ),
  ocsf(
    ...['ocsf.ts', "      ...exploitedAt(dateOf(one, 'exploit_last_seen_time')),\n", ''],
    ...['on a vulnerability that is seen exploited', 'what attackers use today is told as what they could use'],
  ),
  image(
    ...[
      'image.ts',
      'byId !== null ? [byId] : inField.length > 0 ? inField : any',
      '[...(byId === null ? [] : [byId]), ...inField, ...any].toSorted((a, b) => Number(a.digest === null) - Number(b.digest === null)).slice(0, 1)',
    ],
    ...['is no other image that a field names', 'a text that an attacker writes has another image archived'],
  ),
  image(
    ...['image.ts', 'inField.length > 0 ? inField : any', 'any'],
    ...['is the one in the field that is there for it', 'a package has its own image archived instead of the accused'],
  ),
  image(
    ...['image.ts', 'if (more.length > 0) return several([about, ...more]);', ''],
    ...['is none where several are named', 'of two images, any one is archived'],
  ),
  image(
    ...['image.ts', '(ofAnother.test(key) ? [] : (mentioned(text, place) ?? []))', '(mentioned(text, place) ?? [])'],
    ...['never the one that it was built from', 'the image from which all others are built is archived'],
  ),
  image(
    ...['image.ts', 'tag === null || tags.length === 0 || tags.includes(tag)', 'tag !== undefined'],
    ...['in its registry and of its tag', 'another version of the accused image is archived'],
  ),
  image(
    ...[
      'imageName.ts',
      'if (registry !== undefined) return { registry, repository: path,',
      "if (registry === '') return { registry, repository: path,",
    ],
    ...['is none of ours that a field names', 'an image of ours is archived for a finding on one elsewhere'],
  ),
  image(
    ...['image.ts', 'const isSaid = same.some(({ digest }) => digest === others) || ', 'const isSaid = true || '],
    ...['and not one that is called otherwise', 'the digest of whatever else is taken for that of the image'],
  ),
  image(
    ...[
      'image.ts',
      'const [only, ...more] = new Set(all);\n  return more.length > 0 ? null : only;',
      'const [only] = new Set(all);\n  return only;',
    ],
    ...['in its registry and of its tag', 'of two digests, any one is archived'],
  ),
  own(
    ...['findings.ts', "if (status !== 'open') return envelope.time;\n", ''],
    ...['by a person', 'what a person has suppressed is open again, by chance'],
  ),
  relayed(
    ...['guardDuty.ts', "isExact: textIn(details, 'Group') !== null,", 'isExact: true,'],
    ...['a task without its service', 'a task of a service has an incident beside that of its service'],
  ),
  relayed(
    ...[
      'guardDuty.ts',
      "const elsewhere = purpose === 'AttackSequence' || purpose === 'Object';",
      'const elsewhere = false;',
    ],
    ...['an attack sequence', 'a sequence has an incident beside that of what it accuses'],
  ),
  relayed(
    ...['guardDuty.ts', "service['eventLastSeen'] ?? record.lastSeenAt", 'record.updatedAt'],
    ...['was when its own source saw it', 'a note on a contained finding is an intruder who is back'],
  ),
  relayed(
    ...['inspector.ts', "isTaken: status === 'ACTIVE' && heard.has(severity),", 'isTaken: true,'],
    ...['of low severity, or closed', 'each low vulnerability of each image is an incident'],
  ),
  relayed(
    ...['findings.ts', 'region === envelope.region && ', ''],
    ...['from a Region whose own events', 'a Region that is only gathered is silent'],
  ),
  relayed(
    ...['findings.ts', "(source !== 'AWS Config' || account === envelope.account)", 'true'],
    ...["in a member's account", "what AWS Config finds in a member's account is silent"],
  ),
  action(
    ...['findings.ts', 'id: `action/${wish.event}/${finding.id}`', 'id: `action/${finding.id}`'],
    ...['is a statement of its own', 'whoever presses again is not heard'],
  ),
  action(
    ...['findings.ts', "  if (wish !== null) return 'open';\n", ''],
    ...['is open, whatever is set', 'what a person chose is taken for settled'],
  ),
  action(
    ...['findings.ts', 'return action.toLowerCase().startsWith(meantForUs)', 'return action !== meantForUs'],
    ...['is for another tool', 'a button for another tool has something contained'],
  ),
  ways(
    ...[
      'findings.ts',
      "ways === 'repeat' ? { ...delivered, hash: stored.hash, finding: stored.finding } : delivered",
      'delivered',
    ],
    ...['is repeated by Security Hub', 'each finding is news twice'],
  ),
  ways(
    ...['findings.ts', "ways === 'original' || supersedes(delivered, stored)", 'supersedes(delivered, stored)'],
    ...['though it is from before', 'what says less stays'],
  ),
  ways(
    ...[
      'ways.ts',
      'const containedSince = after !== null && delivered.observedAt <= after;',
      'const containedSince = true;',
    ],
    ...['takes the place of it', 'a rule that asks how a task was launched never sees it'],
  ),
  ways(
    ...['ways.ts', ' || delivered.threat !== undefined', ''],
    ...['a threat that nothing else tells of', 'an intruder whom only Security Hub tells of never comes up again'],
  ),
  ways(
    ...['findings.ts', 'isEcho(after, counts, delivered.finding) ? stored.activity : activity', 'activity'],
    ...['is decided again when it is seen again', 'what Security Hub repeats first silences the finding itself'],
  ),
  ways(
    ...['ways.ts', "return after === '' ? null : after;", 'return after;'],
    ...['and again each day', 'each control of Security Hub is a run a day'],
  ),
  ways(
    ...['ways.ts', '  if (isOver(delivered)) return null;\n', ''],
    ...['is news once', 'what a product sends again as resolved is taken for somebody at work'],
  ),
  ways(
    ...['ways.ts', 'isOver(delivered) || (', '('],
    ...['is news once', 'an incident stays open for as long as a product repeats that it is over'],
  ),
];
