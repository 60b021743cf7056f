import type { Head, Message } from '../incident/items.ts';
import { campaignsOf } from '../plan/campaigns.ts';
import type { Plan } from '../plan/plan.ts';
import type { Composed } from '../report/compose.ts';

/**
 * What a page says of itself to those that may tell it. None of a campaign where its incident has a page open: whoever was woken for that is told
 * what became of it by its own.
 */
export function relatesTo(
  { page }: Pick<Head, 'page'>,
  plan: Plan,
  { tier, settled }: { readonly tier: Composed['tier']; readonly settled: true | undefined },
): Pick<Message, 'campaigns' | 'settled' | 'openRoles'> {
  if (tier !== 'page') return {};
  const campaigns = page === null || page.foldedInto !== undefined ? campaignsOf(plan) : [];
  return {
    ...(campaigns.length === 0 ? {} : { campaigns }),
    ...(settled === true ? { settled } : {}),
    ...(plan.openRoles.length === 0 ? {} : { openRoles: plan.openRoles }),
  };
}
