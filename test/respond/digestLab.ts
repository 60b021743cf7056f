import { keys } from '../../shared/incident/keys.ts';
import { sweep } from '../../shared/respond/sweep.ts';
import type { DigestTime, Rule, RuleSet, Settings, Tier } from '../../shared/rules/rule.ts';
import { Lab } from './model/lab.ts';
import { rules } from './model/world.ts';

export const hour = 3_600_000;
/** The world begins at 09:00 of 2026-11-20. */
export const digest: DigestTime = { at: '12:00', timeZone: 'UTC' };

export const setWith = (tier: Tier, settings: Partial<Settings>, mode: Rule['mode'] = 'enforce'): RuleSet => ({
  ...rules,
  rules: rules.rules.map((one): Rule => ({ ...one, mode, page: { contained: tier, observed: tier } })),
  settings: { ...rules.settings, ...settings },
});

/** An incident that was told of as this tier. */
export async function labOf(tier: Tier, settings: Partial<Settings>, mode?: Rule['mode']): Promise<Lab> {
  const lab = new Lab({ set: setWith(tier, settings, mode) });
  // The first sweep says where digests begin.
  await sweep(lab.effects);
  await lab.takeIn();
  await lab.playPlan();
  await lab.report();
  return lab;
}

export const messagesOf = (lab: Lab) => lab.world.table.query(keys.incident(lab.incident), 'message#');
