import { untilWritten } from '../incident/contention.ts';
import { type CampaignRecord, type Gathering, lead, noteSeen, readCampaign } from '../incident/gatherings.ts';
import { readHead } from '../incident/head.ts';
import type { Head, Message } from '../incident/items.ts';
import { escalatesOf, type FoldEffects, foldedOf, foldInto, opensMore, stateOfPage } from './foldInto.ts';

/** A campaign that was quiet for so long is over: what comes then is news. */
const quietMs = 6 * 3_600_000;

type Standing =
  | { readonly kind: 'told'; readonly parent: Head }
  | { readonly kind: 'pending' }
  /** Nobody leads it any more, or with a page that says less. */
  | { readonly kind: 'over' };

/** How the page stands that a campaign is told by. Only one that people have, and that is open, tells of another. */
async function standingOf(effects: FoldEffects, record: CampaignRecord): Promise<Standing> {
  const { parent, page, at, lastAt } = record;
  const over = { kind: 'over' } as const;
  if (effects.clock.now().getTime() - Date.parse(lastAt) >= quietMs) return over;
  const head = await readHead(effects.table, parent);
  // Closed, undone, exempted, or told by a storm by now.
  if (head?.page == null || head.page.foldedInto !== undefined) return over;
  const state = await stateOfPage(effects, parent, page, at);
  if (state === 'sent') return { kind: 'told', parent: head };
  return state === 'pending' ? { kind: 'pending' } : over;
}

/** A page that says more than the one that leads: what was found is worse, or it goes on until somebody answers. */
const isLouder = (record: CampaignRecord, mine: CampaignRecord): boolean =>
  mine.class < record.class || (mine.goesOn && !record.goesOn);

/**
 * Whether a page is told by that of its campaign. The first of a campaign goes out and leads it; what is settled, and no louder than that, is
 * folded into it. What needs somebody by itself is never folded here.
 */
export async function isToldByCampaign(effects: FoldEffects, head: Head, message: Message): Promise<boolean> {
  const { table, clock } = effects;
  const { campaigns = [], team = '', class: known = 'C', openRoles = [] } = message;
  const at = clock.now().toISOString();
  const goesOn = escalatesOf(head, message) !== null;
  const mine = campaigns.map((campaign): CampaignRecord => {
    const own = { parent: head.incident, page: message.id, class: known, roles: openRoles, goesOn };
    return { campaign, team, ...own, at, lastAt: at };
  });
  return untilWritten(async (): Promise<boolean | undefined> => {
    const free: (readonly [CampaignRecord, CampaignRecord | undefined])[] = [];
    for (const one of mine) {
      const record = await readCampaign(table, one);
      if (record?.page === message.id) continue;
      const standing: Standing = record === undefined ? { kind: 'over' } : await standingOf(effects, record);
      if (
        record === undefined ||
        standing.kind === 'over' ||
        record.parent === head.incident ||
        isLouder(record, one)
      ) {
        free.push([one, record]);
      } else if (message.settled === true) {
        if (standing.kind === 'told') await fold(effects, { head, message }, record, standing.parent, at);
        return true;
      }
    }
    for (const [one, before] of free) {
      // Somebody else was faster: that page may tell this one.
      if (!(await lead(table, one, before))) return undefined;
    }
    return false;
  });
}

/** Credentials of which that page says nothing have it go out again, with what is folded so. */
async function fold(
  effects: FoldEffects,
  { head, message }: { readonly head: Head; readonly message: Message },
  record: CampaignRecord,
  parent: Head,
  at: string,
): Promise<void> {
  const first: Gathering = { kind: 'campaign', times: 0, told: 0, urgent: 0, toldAt: at };
  const urgent = await opensMore(effects, parent.incident, message, record.roles);
  await foldInto(
    effects,
    { head, message },
    { parent, folded: foldedOf(head, message, record.campaign, urgent), first },
  );
  await noteSeen(effects.table, record, at);
}
