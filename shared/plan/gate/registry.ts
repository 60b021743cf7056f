import { byPolicy, pullable, reason } from './reason.ts';
import type { Asked, Looked } from './verdict.ts';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const wild = (text: string, star: string): string => text.split('*').map(escaped).join(star);

/**
 * Whether an entry of `registries` takes a repository. `*` is a part of a host between dots, so that no host of somebody else's fits, and
 * anything in a path; a host alone takes all that is in it.
 */
export function approves(entry: string, { registry, repository }: Asked['reference']): boolean {
  const slash = entry.indexOf('/');
  const [host, path] = slash === -1 ? [entry, '*'] : [entry.slice(0, slash), entry.slice(slash + 1)];
  return (
    new RegExp(`^${wild(host, '[a-z0-9-]+')}$`).test(registry) && new RegExp(`^${wild(path, '.*')}$`).test(repository)
  );
}

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
    message: `${where} is in no approved registry: settings.images.registries has ${registries.length === 1 ? 'one, another' : `${registries.length} others`}.`,
    place,
    mend: 'Copy the image to an approved registry and deploy it from there, or have its registry approved in the settings (images.registries).',
  });
  return { check: 'registry', said: 'it comes from a registry that is not approved', reasons: [unapproved] };
}
