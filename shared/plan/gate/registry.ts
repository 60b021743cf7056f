import { approves } from '../../finding/approvedRegistry.ts';
import { byPolicy, pullable, reason } from './reason.ts';
import type { Asked, Looked } from './verdict.ts';

/** Where the image comes from. */
export function registryCheck({ reference, set: { settings } }: Asked): Looked {
  const { registries } = settings.images ?? {};
  const place = pullable(reference);
  if (registries === undefined) {
    return { check: 'registry', said: 'the settings name no registries', reasons: [], skipped: true };
  }
  const entry = registries.find((one) => approves(one, reference));
  if (entry !== undefined) return { check: 'registry', said: `settings.images.registries has ${entry}`, reasons: [] };
  const where = `${reference.registry}/${reference.repository}`;
  const unapproved = reason({
    check: 'registry',
    code: 'unapproved-registry',
    level: byPolicy(settings),
    message: `${where} is in no approved registry: settings.images.registries has ${registries.length === 1 ? 'one other' : `${registries.length} others`}.`,
    place,
    mend: 'Copy the image to an approved registry and deploy it from there, or have its registry approved in the settings (images.registries).',
  });
  return { check: 'registry', said: 'it comes from a registry that is not approved', reasons: [unapproved] };
}
