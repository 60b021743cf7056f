import { byPolicy, pullable, reason } from './reason.ts';
import type { Asked, Looked } from './verdict.ts';

/** `*` is anything. Without an expression that an entry with many of them could keep busy. */
function fits(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === text;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last) || end < first.length) return false;
  let from = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found === -1 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}

/** Part by part between the dots, so that no host of somebody else's fits; the port is the same, or both have none. */
function fitsHost(pattern: string, host: string): boolean {
  const [[name = '', port], [own = '', ownPort]] = [pattern.split(':'), host.split(':')];
  const [labels, ownLabels] = [name.split('.'), own.split('.')];
  return (
    port === ownPort &&
    labels.length === ownLabels.length &&
    labels.every((label, at) => fits(label, ownLabels[at] ?? ''))
  );
}

/** Whether an entry of `registries` takes a repository; a host alone takes all that is in it. */
export function approves(entry: string, { registry, repository }: Asked['reference']): boolean {
  const slash = entry.indexOf('/');
  if (slash === -1) return fitsHost(entry, registry);
  return fitsHost(entry.slice(0, slash), registry) && fits(entry.slice(slash + 1), repository);
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
    message: `${where} is in no approved registry: settings.images.registries has ${registries.length === 1 ? 'one other' : `${registries.length} others`}.`,
    place,
    mend: 'Copy the image to an approved registry and deploy it from there, or have its registry approved in the settings (images.registries).',
  });
  return { check: 'registry', said: 'it comes from a registry that is not approved', reasons: [unapproved] };
}
