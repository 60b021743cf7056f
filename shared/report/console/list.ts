import { html } from 'hono/html';
import type { Outcome } from '../../incident/items.ts';
import type { ListedIncident } from '../../incident/listed.ts';
import { type Piece, page, type Visitor } from './page.ts';
import { incidentPath, shown, time } from './shown.ts';

/** What somebody looks for. Empty: everything. */
export interface Filter {
  /** A part of the key. */
  readonly text: string;
  readonly outcome: string;
  /** `answer`: what waits for one; `unacknowledged`: pages that nobody has. */
  readonly waits: string;
}

const outcomes: readonly Outcome[] = [
  'contained',
  'degraded',
  'not-contained',
  'held',
  'observed',
  'joined',
  'undone',
  'released',
  'ignored',
];

const waits: ReadonlyMap<string, (one: ListedIncident) => boolean> = new Map([
  ['answer', ({ asks }: ListedIncident) => asks !== null],
  ['unacknowledged', ({ page: open }: ListedIncident) => open?.unanswered === true],
]);

export const filtered = (
  all: readonly ListedIncident[],
  { text, outcome, waits: what }: Filter,
): readonly ListedIncident[] =>
  all.filter(
    (one) =>
      one.incident.toLowerCase().includes(text.toLowerCase()) &&
      (outcome === '' || one.outcome === outcome) &&
      (waits.get(what)?.(one) ?? true),
  );

const options = (names: readonly (readonly [value: string, text: string])[], chosen: string): readonly Piece[] =>
  names.map(([value, text]) =>
    value === chosen
      ? html`<option value="${value}" selected>${text}</option>`
      : html`<option value="${value}">${text}</option>`,
  );

const form = ({
  text,
  outcome,
  waits: what,
}: Filter): Piece => html`<form class="find" method="get" action="/incidents" role="search">
<label>Part of the name <input type="search" name="q" maxlength="200" value="${shown(text, 200)}"></label>
<label>Outcome <select name="outcome">${options([['', 'any'], ...outcomes.map((one) => [one, one] as const)], outcome)}</select></label>
<label>Waits for <select name="waits">${options(
  [
    ['', 'anything'],
    ['answer', 'an answer'],
    ['unacknowledged', 'somebody to acknowledge it'],
  ],
  what,
)}</select></label>
<button>Show</button></form>`;

const word = ({ outcome, state, direction }: ListedIncident): string =>
  state === 'running' ? (direction === 'undo' ? 'being undone' : 'under way') : (outcome ?? 'no outcome yet');

function item(one: ListedIncident, now: Date): Piece {
  const flags = [
    ...(one.asks === null ? [] : ['waits for an answer']),
    ...(one.page?.unanswered === true ? ['nobody has acknowledged it'] : []),
    ...((one.heldUntil ?? '') > now.toISOString() ? [`held until ${time(one.heldUntil)}`] : []),
    ...(one.unsent === 0 ? [] : [`${one.unsent} messages not sent`]),
  ];
  return html`<li><a href="${incidentPath(one.incident)}">${shown(one.incident)}</a><br>
${word(one)}, opened <time datetime="${one.openedAt}">${time(one.openedAt)}</time>, last finding ${time(one.lastFindingAt)}${
    flags.length === 0 ? null : html`<br><span class="warn">${flags.join('; ')}</span>`
  }</li>`;
}

export interface ListInput {
  readonly stage: string;
  readonly visitor: Visitor;
  readonly all: readonly ListedIncident[];
  readonly filter: Filter;
  /** What can be done about all of them: pieces with forms. */
  readonly about: readonly Piece[];
  readonly now: Date;
}

/** The open incidents, newest first. */
export function listPage({ stage, visitor, all, filter, about, now }: ListInput): Piece {
  const found = filtered(all, filter);
  const count = found.length === all.length ? `${all.length} open` : `${found.length} of ${all.length} open`;
  return page({
    stage,
    title: 'Incidents',
    visitor,
    main: html`<h1>Incidents</h1>${form(filter)}<p role="status">${count}</p>
<ul class="list">${found.map((one) => item(one, now))}</ul>${about}`,
  });
}
