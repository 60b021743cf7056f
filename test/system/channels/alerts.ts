import { type Alert, outsideOf } from '../../../sandbox/services/outside/state.ts';
import type { Stage } from '../stage.ts';

export const pagerDuty = 'events.pagerduty.com';

/** What PagerDuty shows: each alert that was opened, as it is now. */
export const alertsOf = ({ account }: Pick<Stage, 'account'>): readonly Alert[] => outsideOf(account).alerts;

export const pagesOf = (stage: Stage): readonly string[] =>
  stage.told().flatMap(({ tier, subject }) => (tier === 'page' ? [subject] : []));
