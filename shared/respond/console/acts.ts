import { readHead } from '../../incident/head.ts';
import type { PersonAnswer, PersonDecision } from '../../incident/items.ts';
import { acknowledge } from '../acknowledge.ts';
import { answer } from '../answer.ts';
import { contain } from '../contain.ts';
import { decideLease } from '../decideLease.ts';
import { hold } from '../hold.ts';
import { release } from '../release.ts';
import { stillActive } from '../stillActive.ts';
import { undo } from '../undo.ts';
import type { ConsoleEffects } from './effects.ts';
import { daysOf, hoursOf, reasonOf, type Typed, versionOf } from './form.ts';
import type { Refusal } from './refuse.ts';

/** What came of a form: a sentence, and whether it was done. */
export type Done = { readonly said: readonly string[] } | { readonly refusal: Refusal; readonly sentence: string };

/** Who sent it, for the record. */
export type By = Required<Pick<PersonDecision, 'by'>> & Pick<PersonDecision, 'caller'>;

export interface Asked {
  readonly incident: string;
  readonly form: URLSearchParams;
  readonly by: By;
}

type Act = (effects: ConsoleEffects, asked: Asked) => Promise<Done>;

const told = 'A message tells what comes of it; this page shows it meanwhile.';

/** With what was typed, or the sentence that says what is wrong with it. */
const typed = async <T>(value: Typed<T>, work: (value: T) => Promise<Done>): Promise<Done> =>
  'wrong' in value ? { refusal: 'bad-form', sentence: value.wrong } : work(value.value);

const wordOf = ({ kind, only }: PersonAnswer): string =>
  kind === 'reject' ? 'rejected' : only === undefined ? 'approved' : 'approved in part (the least of it)';

const answers =
  (kind: PersonAnswer['kind']): Act =>
  (effects, { incident, form, by }) =>
    typed(reasonOf(form, kind === 'reject' ? 'for whoever is woken by the next one' : undefined), async (reason) => {
      const only = form.get('only') === 'minimum' ? ({ only: 'minimum' } as const) : {};
      const came = await answer(effects, { incident, plan: form.get('plan') ?? '', kind, reason, ...only, ...by });
      switch (came.kind) {
        case 'given':
          return { said: [`It is ${wordOf(came.answer)}.`, told] };
        case 'known':
          return { said: [`It was ${wordOf(came.answer)} before, by ${came.answer.by}, ${came.answer.at}.`] };
        case 'answered':
          return {
            refusal: 'decided',
            sentence: `It was ${wordOf(came.answer)} already, by ${came.answer.by}, ${came.answer.at}, and that stands.`,
          };
        case 'first':
          return came.mine
            ? { said: ['Two people must approve this. You are the first: it waits for another person.'] }
            : {
                refusal: 'decided',
                sentence: `Two people must approve the same, and ${came.answer.by} said: ${wordOf(came.answer)}.`,
              };
        case 'changed':
          return {
            refusal: 'other-question',
            sentence: 'What is asked has changed since; nothing was decided. Look at what it is now.',
          };
        case 'nothing':
          return { refusal: 'nothing', sentence: came.reason };
      }
    });

const has: Act = (effects, { incident, form, by }) =>
  typed(reasonOf(form), async (reason) => {
    const came = await acknowledge(effects, { incident, reason, page: form.get('page') ?? '', ...by });
    if (came.kind === 'nothing') return { refusal: 'nothing', sentence: came.reason };
    return came.kind === 'known'
      ? { said: [`${came.by} has it since ${came.at}.`] }
      : { said: ['You have it: it goes on to nobody else.'] };
  });

const undoes: Act = (effects, { incident, form, by }) =>
  typed(reasonOf(form, 'for the record'), async (reason) => {
    const head = await readHead(effects.table, incident);
    const against = head === undefined ? [] : await stillActive(effects, head);
    if (against.length > 0 && form.get('despite') !== 'yes')
      return {
        refusal: 'bad-form',
        sentence: `Nothing was undone. ${against.join(' ')} Say on the page that you have read this.`,
      };
    const came = await undo(effects, { incident, reason, ...by });
    if (came.kind === 'nothing') return { refusal: 'nothing', sentence: came.reason };
    return { said: [came.kind === 'opened' ? 'The undo is under way.' : 'The undo was under way already.', told] };
  });

const holds: Act = (effects, { incident, form, by }) =>
  typed(hoursOf(form), (forMs) =>
    typed(reasonOf(form, 'for whoever is woken meanwhile'), async (reason) => {
      const came = await hold(effects, { incident, forMs, reason, ...by });
      if (came.kind === 'nothing') return { refusal: 'nothing', sentence: came.reason };
      const before =
        came.before === null ? [] : [`It replaces the hold until ${came.before.until} by ${came.before.by}.`];
      return { said: [`It is held until ${came.hold.until}. What stands stays.`, ...before] };
    }),
  );

const contains: Act = (effects, { incident, form, by }) =>
  typed(reasonOf(form, 'for the record'), async (reason) => {
    const came = await contain(effects, { incident, reason, ...by });
    if (came.kind === 'nothing') return { refusal: 'nothing', sentence: came.reason };
    return { said: ['It is decided again, without what held it.', told] };
  });

const releases: Act = (effects, { incident, form, by }) =>
  typed(versionOf(form), (to) =>
    typed(reasonOf(form, 'what was fixed'), async (reason) => {
      const came = await release(effects, { incident, to, reason, ...by });
      if (came.kind === 'nothing') return { refusal: 'nothing', sentence: came.reason };
      const begun = came.kind === 'opened' ? 'The release is under way.' : 'It, or its undo, was under way already.';
      return { said: [begun, 'If what was named cannot run, nothing is released, and a message says why.', told] };
    }),
  );

const decidesLease = async (
  effects: ConsoleEffects,
  { incident, form, by }: Asked,
  forMs: number | null,
): Promise<Done> =>
  typed(reasonOf(form, 'for whoever looks at it next'), async (reason) => {
    const came = await decideLease(effects, { incident, forMs, reason, ...by });
    if (came.kind === 'nothing') return { refusal: 'nothing', sentence: came.reason };
    const { expiresAt } = came.lease;
    return {
      said: [
        expiresAt === null
          ? 'It stays contained until somebody lets it go.'
          : `It stays contained, and you are asked again before ${expiresAt}. Nothing is released by itself.`,
      ],
    };
  });

const keeps: Act = (effects, asked) => decidesLease(effects, asked, null);
const extendsLease: Act = (effects, asked) => typed(daysOf(asked.form), (forMs) => decidesLease(effects, asked, forMs));

/** By the last part of a form's address. */
export const acts: ReadonlyMap<string, { readonly byLink: boolean; readonly act: Act }> = new Map([
  ['acknowledge', { byLink: true, act: has }],
  ['approve', { byLink: true, act: answers('approve') }],
  ['reject', { byLink: false, act: answers('reject') }],
  ['undo', { byLink: false, act: undoes }],
  ['hold', { byLink: false, act: holds }],
  ['contain', { byLink: false, act: contains }],
  ['release', { byLink: false, act: releases }],
  ['keep', { byLink: false, act: keeps }],
  ['extend', { byLink: false, act: extendsLease }],
]);
