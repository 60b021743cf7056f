import type { PublishedPointer } from '../incident/rulesets.ts';
import type { Before, GuardEffects } from './guard.ts';

/** What people look for in Parameter Store. Nothing is decided by it. */
export const activeLabel = 'active';

/** Parameter Store takes three a second; what is left is for the next guard. */
const mostAtOnce = 30;

/**
 * Puts the label `active` onto the versions that decide, wherever somebody has moved it. A failure is logged and nothing else: the label
 * only shows where things stand. False: some are left to be moved.
 */
export async function moveLabels(
  { parameters, log }: Pick<GuardEffects, 'parameters' | 'log'>,
  { prefix, written }: Pick<Before, 'prefix' | 'written'>,
  { versions }: Pick<PublishedPointer, 'versions'>,
): Promise<boolean> {
  try {
    const labelled = await parameters.labelled(prefix.slice(0, -1), activeLabel);
    const wrong = Object.entries(versions).filter(
      ([name, version]) => written.versions[name] !== undefined && labelled.get(name) !== version,
    );
    for (const [name, version] of wrong.slice(0, mostAtOnce)) await parameters.label(name, version, activeLabel);
    return wrong.length === 0;
  } catch (error) {
    log.error('The label of the active versions could not be moved', { error });
    return false;
  }
}
