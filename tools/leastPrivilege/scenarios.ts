import type { Template } from '../../sandbox/template/deploy.ts';
import { demo, type Judge, worstDays } from '../../test/system/removal/failure.ts';
import { encrypted, ourselves } from '../../test/system/removal/proofs/ourselves.ts';
import { undelivered } from '../../test/system/removal/proofs/undelivered.ts';
import type { Denial } from './callLog.ts';

/** Something that happens on the template, on an account of its own. */
export interface Scenario {
  readonly name: string;
  /** Why it did not end as it should; null when it did. */
  readonly failure: (template: Template) => Promise<string | null>;
  /** Denials that it brings about itself, by taking away permissions. */
  readonly provokes?: (denial: Denial) => boolean;
}

/** They ask IAM what nobody asks in life: what the responder role may not do, and whether a bucket answers over plain HTTP. */
const askOnly = [ourselves, encrypted].map(({ name }) => name);

/** It takes away what lets EventBridge into our targets, to see that nothing is lost; the topics are not let into a queue either. */
const ofServices = ({ caller }: Denial): boolean => caller === 'events.amazonaws.com' || caller === 'sns.amazonaws.com';

const scenarioOf = ({ name, failure }: Judge): Scenario => ({
  name,
  failure,
  ...(name === undelivered.name ? { provokes: ofServices } : {}),
});

/** The demo, and what must happen on the worst days: without any permission of the template one of them fails. */
export const scenarios: readonly Scenario[] = [...demo, ...worstDays]
  .filter(({ name }) => !askOnly.includes(name))
  .map(scenarioOf);
