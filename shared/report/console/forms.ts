import { html } from 'hono/html';
import { canBeReleased, canBeUndone, type IncidentRecord } from '../../incident/incidentRecord.ts';
import type { Asks } from '../../plan/plan.ts';
import { askedIn } from '../../plan/stop.ts';
import { unanswered } from '../asks.ts';
import type { Piece } from './page.ts';
import { incidentPath, shown, time } from './shown.ts';

/** What whoever looks at an incident may do about it. */
export interface May {
  /** `link`: whoever has the link of a page, which may be several. `person`: somebody who is signed in. */
  readonly as: 'link' | 'person';
  readonly csrf: string;
  /** Of a link: its path, and the hash of what it may approve (null: nothing). */
  readonly path?: string;
  readonly plan?: string | null;
  /** What speaks against an undo, a sentence each. */
  readonly warnings: readonly string[];
}

const target = ({ as, path = '' }: May, incident: string, act: string): string =>
  as === 'link' ? `${path}/${act}` : incidentPath(incident, act);

const reasonField = (needed: boolean): Piece =>
  needed
    ? html`<label>Why, for the record <input name="reason" required maxlength="500" autocomplete="off"></label>`
    : html`<label>Why, for the record (may be left out) <input name="reason" maxlength="500" autocomplete="off"></label>`;

const start = (may: May, incident: string, act: string, label: string): Piece =>
  html`<form class="act" method="post" action="${target(may, incident, act)}" aria-label="${label}"><input type="hidden" name="csrf" value="${may.csrf}">`;

const end = html`</form>`;

function askedPiece(may: May, incident: string, asks: Asks): Piece {
  const canApprove = may.as === 'person' || (may.plan === asks.hash && asks.twoPeople !== true);
  const plan = html`<input type="hidden" name="plan" value="${asks.hash}">`;
  const least = asks.least.map((one) => shown(one)).join(' ');
  return html`<section aria-labelledby="asked"><h2 id="asked">It asks you</h2><ul>${asks.would.map((one) => html`<li>${shown(one)}</li>`)}</ul><p>${shown(unanswered(asks), 900)} What would come out differently by the time that you answer is not done, and asked again. <span class="soft mono">plan ${asks.hash}</span></p>${
    asks.twoPeople === true ? html`<p class="warn">Two people who are signed in must approve it.</p>` : null
  }${
    canApprove
      ? html`${start(may, incident, 'approve', 'Approve')}${plan}${reasonField(false)}<button class="go">Approve: do it</button>${
          least === ''
            ? null
            : html`<p>Or only the least: ${least}</p><button name="only" value="minimum">Approve only the least</button>`
        }${end}`
      : html`<p class="warn">This link cannot approve it${may.plan === asks.hash ? '' : ', because it is of an earlier question: open the link of the newest message'}${may.plan === asks.hash ? ': sign in' : ', or sign in'}.</p>`
  }${
    may.as === 'person'
      ? html`${start(may, incident, 'reject', 'Reject')}${plan}${reasonField(true)}<button class="no">Reject: nothing of it is done</button>${end}`
      : null
  }</section>`;
}

const hours = html`<label>For how many hours (1 to 168) <input name="hours" type="number" inputmode="numeric" min="1" max="168" value="4" required></label>`;

function undoPiece(may: May, incident: string): Piece {
  const against =
    may.warnings.length === 0
      ? null
      : html`${may.warnings.map((one) => html`<p class="warn">${shown(one)}</p>`)}<label class="tick"><input type="checkbox" name="despite" value="yes" required> <span>I have read this. It is to be undone all the same.</span></label>`;
  return html`${start(may, incident, 'undo', 'Undo')}<p>It was a false alarm: put back what was changed.</p>${against}${reasonField(true)}<button class="no">Undo</button>${end}`;
}

/** It is fixed; or it stays, without an end or for so much longer. */
const lettingGo = (may: May, incident: string): readonly Piece[] => [
  html`${start(may, incident, 'release', 'Release')}<p>It is fixed: let go what is contained, onto a version that is clean.</p><label>Version (family:revision or sha256:…); left out: what runs now stays <input name="to" maxlength="400" autocomplete="off" spellcheck="false"></label>${reasonField(true)}<button>Release</button>${end}`,
  html`${start(may, incident, 'extend', 'Extend')}<p>It stays contained, and is asked about again later.</p><label>For how many days (1 to 90) <input name="days" type="number" inputmode="numeric" min="1" max="90" value="7" required></label>${reasonField(true)}<button>Extend</button>${end}`,
  html`${start(may, incident, 'keep', 'Keep')}<p>It stays contained until somebody lets it go; nobody is asked again.</p>${reasonField(true)}<button>Keep</button>${end}`,
];

function forPeople(record: IncidentRecord, may: May, now: string): readonly (Piece | null)[] {
  const { incident, hold, heldUntil, state } = record;
  const isHeld = (hold !== null && hold.until > now) || (heldUntil !== null && heldUntil > now);
  return [
    ...(canBeUndone(record) ? [undoPiece(may, incident)] : []),
    ...(canBeReleased(record) ? lettingGo(may, incident) : []),
    state === 'closed'
      ? null
      : html`${start(may, incident, 'hold', 'Hold')}<p>Change nothing more for this incident, for a while. What stands stays.</p>${hours}${reasonField(true)}<button>Hold</button>${end}`,
    isHeld
      ? html`${start(may, incident, 'contain', 'Contain again')}<p>End what holds it, and have it contained again.</p>${reasonField(true)}<button>Contain again</button>${end}`
      : null,
  ];
}

/** Who may do what: a link acknowledges, and approves what it was sent with; everything else is for somebody who is signed in. */
export function formsOf(record: IncidentRecord, may: May, now: string): Piece {
  const { incident, page, stops, plan } = record;
  const asks = askedIn(stops) === undefined ? undefined : plan?.asks;
  const acknowledge =
    page !== null && page.acknowledged === undefined
      ? html`${start(may, incident, 'acknowledge', 'Acknowledge')}<input type="hidden" name="page" value="${shown(page.id, 300)}"><p>Say that you have it: it goes on to nobody else. It approves and undoes nothing.</p>${reasonField(false)}<button class="go">I have it</button>${end}`
      : null;
  const rest = may.as === 'person' ? forPeople(record, may, now) : [];
  const signIn =
    may.as === 'link'
      ? html`<p><a class="button" href="/sign-in?to=${encodeURIComponent(incidentPath(incident))}">Sign in</a> to undo, reject, hold, or have it contained again.</p>`
      : null;
  return html`${asks === undefined ? null : askedPiece(may, incident, asks)}<section aria-labelledby="can"><h2 id="can">What you can do</h2>${acknowledge}<div class="two">${rest}</div>${signIn}</section>`;
}

/** Stops all changes of the stage for a while, and lets them go on. */
export const pausePiece = (
  csrf: string,
  paused: readonly {
    readonly target: string | null;
    readonly until: string;
    readonly by: string;
    readonly reason: string;
  }[],
): Piece =>
  html`<section aria-labelledby="pause"><h2 id="pause">Pause</h2>${paused.map(
    ({ target: what, until, by, reason }) =>
      html`<form class="act" method="post" action="/resume" aria-label="Resume"><input type="hidden" name="csrf" value="${csrf}"><input type="hidden" name="target" value="${encodeURIComponent((what ?? '').toWellFormed())}"><p class="warn">${what === null ? 'Everything' : shown(what)} is paused until ${time(until)}: by ${shown(by, 100)} (${shown(reason)}).</p><button>End this pause</button></form>`,
  )}<form class="act" method="post" action="/pause" aria-label="Pause everything"><input type="hidden" name="csrf" value="${csrf}"><p>Change nothing anywhere, for a while. What is found is recorded and told.</p>${hours}${reasonField(true)}<button class="no">Pause everything</button></form></section>`;
