import { canonicalJson } from '../platform/json.ts';
import { frozenAt, momentOf } from '../rules/freeze.ts';
import { defaultBreaker, type Freeze, type RuleLimits, type RuleSet, type Settings } from '../rules/rule.ts';
import { acts, type DangerAction } from './acting.ts';
import { ofImages } from './dangerImages.ts';

/** A limit that is gone or looser, of a rule or of all of them. What must stay healthy is looser where it is less. */
export function looser(
  whose: string,
  before: RuleLimits | undefined,
  after: RuleLimits | undefined,
): readonly string[] {
  return Object.entries(before ?? {}).flatMap(([name, was]) => {
    const is = after?.[name as keyof RuleLimits];
    const holds = name === 'minHealthyPercent' ? (is ?? 0) >= was : is !== undefined && is <= was;
    const now = is === undefined ? `no limit ${name} any more` : `${name} ${is}`;
    return holds ? [] : [`${whose} ${now}, which was ${was}`];
  });
}

/** Which way of a number lets more be changed. */
const loosens: readonly (readonly [
  keyof Settings & ('quietPullDays' | 'causeWindowMinutes' | 'holdAfterUndoHours'),
  'less' | 'more',
])[] = [
  ['quietPullDays', 'less'],
  ['causeWindowMinutes', 'more'],
  ['holdAfterUndoHours', 'less'],
];

const ofNumbers = (before: Settings, after: Settings): readonly string[] =>
  loosens.flatMap(([name, way]) => {
    const [was, is] = [before[name], after[name]];
    return (way === 'less' ? is < was : is > was) ? [`settings have ${name} ${is}, which was ${was}`] : [];
  });

/** One that stops a rule later, or at the first containment that does not hold: then whoever undoes one has stopped them all. */
function ofBreaker(
  { breaker: before = defaultBreaker }: Settings,
  { breaker: after = defaultBreaker }: Settings,
): readonly string[] {
  const later = after.ineffective > before.ineffective || after.withinHours < before.withinHours;
  const atOnce = after.ineffective === 1 && canonicalJson(after) !== canonicalJson(before);
  const shown = ({ ineffective, withinHours }: typeof after): string => `${ineffective} within ${withinHours} hours`;
  if (!later && !atOnce) return [];
  const what = later ? 'stop a rule later' : 'stop a rule at the first containment that does not hold';
  return [`settings ${what}: the breaker is ${shown(after)}, which was ${shown(before)}`];
}

/** Protection is a promise to a team: that it is gone is seen by somebody. */
const ofProtected = ({ protected: before }: Settings, { protected: after }: Settings): readonly string[] =>
  before
    .filter((pattern) => !after.some((one) => canonicalJson(one) === canonicalJson(pattern)))
    .map((pattern) => `settings protect less: ${JSON.stringify(pattern)} is not protected any more`);

/** What is our own is blocked by no rule: that it may be is seen by somebody. */
const ofOwnAddresses = (
  { ownAddresses: before = [] }: Settings,
  { ownAddresses: after = [] }: Settings,
): readonly string[] =>
  before
    .filter((block) => !after.includes(block))
    .map((block) => `settings let more addresses be blocked: ownAddresses has ${block} no more`);

/** A place that is not read holds every image: that it holds none any more is seen by somebody. */
const ofInUse = ({ inUse: before = [] }: Settings, { inUse: after = [] }: Settings): readonly string[] =>
  before
    .filter((place) => !after.includes(place))
    .map((place) => `settings let more images be archived: inUse has ${place} no more`);

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** A freeze longer than this is no freeze. */
const longestFreezeDays = 31;
/** Nor is one that leaves less of a week than this. */
const leastOpenHours = 12;

/** Why nothing would be changed for too long: at one go, or of a week. Looked at by the hour. */
function frozen(freezes: readonly Freeze[], rules: readonly string[], now: Date): string | undefined {
  const starts = freezes.flatMap(({ from }) => {
    const moment = momentOf(from);
    // Two days later: whatever the place's clock, it has begun.
    return moment?.kind === 'once' ? [moment.wallMs + 2 * dayMs] : [];
  });
  for (const ms of [now.getTime(), ...starts.filter((start) => start > now.getTime())]) {
    const freeze = frozenAt(freezes, rules, new Date(ms));
    if (freeze?.until === null) return 'without end';
    const until = freeze?.until.getTime() ?? ms;
    if (until - ms > (longestFreezeDays - 2) * dayMs) return `until ${new Date(until).toISOString().slice(0, 10)}`;
  }
  const end = now.getTime() + 7 * dayMs;
  let openMs = 0;
  for (let ms = now.getTime(); ms < end; ) {
    const until = frozenAt(freezes, rules, new Date(ms))?.until?.getTime();
    if (until === undefined) openMs += hourMs;
    ms = until ?? ms + hourMs;
  }
  return openMs < leastOpenHours * hourMs ? 'nearly always' : undefined;
}

function ofFreezes(before: RuleSet, after: RuleSet, actions: readonly DangerAction[], now: Date): readonly string[] {
  const [was, is] = [before.settings.freezes ?? [], after.settings.freezes ?? []];
  if (is.length === 0 || canonicalJson(was) === canonicalJson(is)) return [];
  const stopped = new Set(is.flatMap(({ rules = [] }) => rules));
  const acting = after.rules.filter((rule) => stopped.has(rule.name) && acts(rule, after, actions));
  const concerned: readonly (readonly [string, readonly string[]])[] = [
    ['all rules', []],
    ...acting.map(({ name }) => [`rule ${name}`, [name]] as const),
  ];
  for (const [who, rules] of concerned) {
    const how = frozen(is, rules, now);
    if (how !== undefined && frozen(was, rules, now) === undefined) return [`settings freeze ${who} ${how}`];
  }
  return [];
}

const mostNamed = 5;
const namedOf = (names: readonly string[]): string =>
  names.length <= mostNamed
    ? names.join(', ')
    : `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more`;

/** What lets rules act that did not: all of them, or those that say no mode. */
function ofModes(before: RuleSet, after: RuleSet, actions: readonly DangerAction[]): readonly string[] {
  const begin = after.rules.filter((rule) => {
    const was = before.rules.find(({ name }) => name === rule.name);
    return acts(rule, after, actions) && was !== undefined && !acts(was, before, actions);
  });
  const names = namedOf(begin.map(({ name }) => name));
  if (begin.length === 0) return [];
  if (before.settings.observeOnly) return [`settings have observeOnly false, which was true: ${names} act`];
  const enforce = after.settings.defaultMode === 'enforce' && before.settings.defaultMode === 'observe';
  return enforce ? [`settings have defaultMode enforce, which was observe: ${names} act`] : [];
}

/** A second person is a promise, too. */
const ofTwoPeople = ({ twoPeople: before = [] }: Settings, { twoPeople: after = [] }: Settings): readonly string[] =>
  before
    .filter((what) => !after.includes(what) && !after.includes('always'))
    .map((what) => `settings let one person alone approve: twoPeople has ${what} no more`);

/** Whoever signs in may undo: somebody else who may is seen by somebody. */
function ofSignIn({ signIn: before }: Settings, { signIn: after }: Settings): readonly string[] {
  if (after === undefined) return [];
  const { groups, ...where } = after;
  const { groups: had = [], ...was } = before ?? {};
  if (canonicalJson(where) !== canonicalJson(was))
    return [`settings let people sign in otherwise: by ${after.issuer}, as client ${after.clientId}`];
  const more = groups.filter((group) => !had.includes(group));
  return more.length === 0 ? [] : [`settings let more people sign in: ${namedOf(more)}`];
}

/** What other settings make possible. Pure. */
export const ofSettings = (
  before: RuleSet,
  after: RuleSet,
  actions: readonly DangerAction[],
  now: Date,
): readonly string[] => [
  ...ofProtected(before.settings, after.settings),
  ...ofOwnAddresses(before.settings, after.settings),
  ...ofInUse(before.settings, after.settings),
  ...looser('settings have', before.settings.limits, after.settings.limits),
  ...ofNumbers(before.settings, after.settings),
  ...ofBreaker(before.settings, after.settings),
  ...ofFreezes(before, after, actions, now),
  ...ofModes(before, after, actions),
  ...ofTwoPeople(before.settings, after.settings),
  ...ofSignIn(before.settings, after.settings),
  ...ofImages(before.settings, after.settings),
];
