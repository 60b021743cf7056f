import type { Message, Outcome } from '../incident/items.ts';
import { campaignWords } from '../plan/campaigns.ts';
import type { Escalates } from '../plan/plan.ts';
import { aboutKey } from './about.ts';
import { commandFor } from './command.ts';
import { goesOnLines } from './escalation.ts';
import { shortDigest, shortName } from './subject.ts';
import { ascii, cut, firstOf, gsm, plain } from './text.ts';

/** One incident of those that a page tells of, as it is now. */
export interface Gathered {
  readonly incident: string;
  readonly outcome: Outcome | null;
  /** It needs somebody by itself, as its own message says, and has not changed since. */
  readonly needs: boolean;
  /** It was paged by itself. */
  readonly before: boolean;
  readonly subject: string | null;
  /** Whose credentials are open. */
  readonly roles: readonly string[];
  readonly commands: readonly string[];
}

type Text = Pick<Message, 'subject' | 'body'>;

const longestSubject = 99;
const onePart = 140;
/** As long as any message may be. */
const longestBody = 60_000;
const most = 40;
/** Each with its commands: what is beyond is shown by the command that shows all. */
const mostNeeding = 30;

/** With what tells one image of a repository from another. */
function nameOf(incident: string): string {
  const { name, digest } = aboutKey(incident);
  return plain(digest === null ? name : `${name} ${shortDigest(digest)}`, 200);
}

const open = (roles: readonly string[]): readonly string[] =>
  roles.length === 0 ? [] : [`credentials open: ${firstOf(roles, 5, 200).join(', ')}`];

const lineOf = ({ incident, outcome, roles }: Gathered): string =>
  [`${nameOf(incident)}: ${outcome ?? 'under way'}`, ...open(roles)].join(', ');

const contained: readonly (Outcome | null)[] = ['contained', 'undone', 'released', 'ignored'];

const without = (subject: string): string => subject.replace(/^(GET UP|NO ACTION): /, '');

/** First what a person has to see to, each with its commands. */
const needing = (all: readonly Gathered[], stage: string): readonly string[] => {
  const shown = all
    .slice(0, mostNeeding)
    .flatMap(({ incident, subject, roles, commands }) => [
      plain(without(subject ?? nameOf(incident)), 200),
      ...[...open(roles), ...commands.slice(0, 3)].map((line) => `  ${plain(line, 700)}`),
      `  ${commandFor('incidents show', incident, stage)}`,
    ]);
  return all.length > mostNeeding ? [...shown, `and ${all.length - mostNeeding} more`] : shown;
};

const section = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', heading, ...lines];

const textOf = (
  words: string,
  parent: string,
  at: string,
  stage: string,
  sections: readonly (readonly string[])[],
): Text => {
  const { region, account } = aboutKey(parent);
  return {
    subject: ascii(`${words}, ${region} ${account}`, longestSubject),
    body: [
      cut([gsm(`${words}. ${region} ${account}`, onePart), ...sections.flat()].join('\n'), longestBody),
      '',
      `Incident ${plain(parent, 600)}\n${at}, Firebreak ${plain(stage, 50)}`,
    ].join('\n'),
  };
};

export interface StormInput {
  readonly parent: string;
  readonly all: readonly Gathered[];
  /** Minutes in which they came. */
  readonly minutes: number;
  readonly tier: 'page' | 'notice';
  /** Nothing came any more. */
  readonly over: boolean;
  readonly escalates: Escalates | null;
  readonly at: string;
  readonly stage: string;
}

/** What of a storm is contained, what needs somebody, and what is neither yet. */
export function countsOf(all: readonly Gathered[]) {
  const needs = all.filter((one) => one.needs || (one.before && !contained.includes(one.outcome)));
  const done = all.filter((one) => !needs.includes(one));
  return { needs, done };
}

/** The one page of a storm, what is new of it, and its end. */
export function composeStorm({ parent, all, minutes, tier, over, escalates, at, stage }: StormInput): Text {
  const { needs, done } = countsOf(all);
  const prefix = tier === 'page' ? 'GET UP' : 'NO ACTION';
  const open =
    needs.length === 0
      ? `${done.length} contained`
      : `${done.length} contained, ${needs.length} need${needs.length === 1 ? 's' : ''} you`;
  const later = over && needs.length > 0 ? `, ${needs.length} still open (paged before)` : null;
  const words = `${prefix}: storm${over ? ' is over' : ''}: ${all.length} incidents in ${minutes} min, ${later === null ? open : `${done.length} contained${later}`}`;
  const why = over
    ? 'No more have come since. Each incident from now on wakes somebody by its own page again.'
    : 'One page tells all of them, and goes out again when more are not contained or wait for you. Firebreak acts as ever: that they are told together changes nothing that is done.';
  return textOf(words, parent, at, stage, [
    section('What happened', [`${all.length} incidents would have woken somebody within ${minutes} minutes. ${why}`]),
    section(`Not contained, or waiting for you (${needs.length})`, needing(needs, stage)),
    section(`Contained (${done.length})`, firstOf(done.map(lineOf), most, 250)),
    section('Who has it in hand', tier === 'page' ? goesOnLines(escalates, parent, stage) : []),
    section('What you can do', [`All of them, with what each came to: ${commandFor('incidents show', parent, stage)}`]),
  ]);
}

/** What has been folded into the page of an incident, because it has something in common with it. */
export function composeCampaign(input: {
  readonly parent: string;
  readonly all: readonly Gathered[];
  readonly campaigns: readonly string[];
  readonly tier: 'page' | 'notice';
  readonly escalates: Escalates | null;
  readonly at: string;
  readonly stage: string;
}): Text {
  const { parent, all, campaigns, tier, escalates, at, stage } = input;
  const needs = all.filter((one) => one.needs);
  const [first = ''] = campaigns;
  const others = all.length === 1 ? '1 more' : `${all.length} more`;
  const name = shortName(aboutKey(parent).name, 26);
  const prefix = tier === 'page' ? 'GET UP' : 'NO ACTION';
  const words = `${prefix}: ${name} and ${others}, ${tier === 'page' ? 'credentials open' : campaignWords(first).what}`;
  const common = campaigns.map(campaignWords).map(({ what, value }) => `${what} ${plain(value, 200)}`);
  return textOf(words, parent, at, stage, [
    section('What happened', [
      `${all.length + 1} incidents so far have something in common: ${firstOf(common, 6, 300).join('; ')}. The page about ${nameOf(parent)} tells all of them. Whoever has that page has these, too.`,
    ]),
    section(`Contained, but credentials are open (${needs.length})`, needing(needs, stage)),
    section(`Folded into that page (${all.length})`, firstOf(all.map(lineOf), most, 250)),
    section('Who has it in hand', tier === 'page' ? goesOnLines(escalates, parent, stage) : []),
    section('What you can do', [`All of them, with what each came to: ${commandFor('incidents show', parent, stage)}`]),
  ]);
}
